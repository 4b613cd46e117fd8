package dev.waymark.jobs.engine;

import dev.waymark.jobs.ports.IncomingSerializer;
import dev.waymark.jobs.types.Binary;
import dev.waymark.jobs.types.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link Forwarded}: its key, then the event as it came. */
public final class ForwardedSerializer extends ImmutableSerializer<Forwarded> {
  private static final int VERSION = 1;
  private static final IncomingSerializer INCOMING = new IncomingSerializer();

  public ForwardedSerializer() {
    this(VERSION);
  }

  private ForwardedSerializer(int version) {
    super(version);
  }

  @Override
  protected ImmutableSerializer<Forwarded> atVersion(int formVersion) {
    return new ForwardedSerializer(formVersion);
  }

  @Override
  protected void write(Forwarded forwarded, DataOutputView out) throws IOException {
    Binary.writeText(out, forwarded.partitionKey());
    INCOMING.serialize(forwarded.incoming(), out);
  }

  @Override
  protected Forwarded read(DataInputView in, int formVersion) throws IOException {
    return new Forwarded(Binary.readCommonText(in), INCOMING.deserialize(in));
  }
}
