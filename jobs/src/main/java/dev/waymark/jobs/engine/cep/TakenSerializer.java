package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.MarkCodec;
import dev.waymark.jobs.types.Binary;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A {@link Taken} as bytes inside its case's value, told relative to the case's first event. Knows
 * one case, and is never registered with a state backend.
 */
final class TakenSerializer extends TypeSerializerSingleton<Taken> {
  /** For whom asks for a serializer and never uses it. */
  static final TakenSerializer OF_NO_CASE =
      new TakenSerializer(new Mark(0, 0, "", 0, null, null, null, 0));

  private final transient Mark first;

  TakenSerializer(Mark first) {
    this.first = first;
  }

  @Override
  public void serialize(Taken event, DataOutputView out) throws IOException {
    MarkCodec.write(event.mark(), first, out);
    byte[] json = event.json();
    out.writeBoolean(json != null);
    if (json != null) {
      Binary.writeBytes(out, json);
    }
  }

  @Override
  public Taken deserialize(DataInputView in) throws IOException {
    Mark mark = MarkCodec.read(in, first.runId(), first.timeMicros());
    return new Taken(mark, in.readBoolean() ? Binary.readBytes(in) : null);
  }

  @Override
  public Taken deserialize(Taken reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  /** There is no empty event; Flink asks only to fill it later. */
  @Override
  @SuppressWarnings("NullAway") // Flink's contract for types without an empty value
  public Taken createInstance() {
    return null;
  }

  @Override
  public Taken copy(Taken from) {
    return new Taken(from.mark(), from.json());
  }

  @Override
  public Taken copy(Taken from, Taken reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<Taken> snapshotConfiguration() {
    throw new UnsupportedOperationException(
        "writes into a case's value, not into a state of its own");
  }
}
