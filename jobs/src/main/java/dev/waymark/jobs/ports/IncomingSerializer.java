package dev.waymark.jobs.ports;

import dev.waymark.jobs.types.Binary;
import dev.waymark.jobs.types.ImmutableSerializer;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Heartbeat;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Binary form of {@link Incoming}: a byte of kind, skew and mark, where it lies, and its content.
 */
public final class IncomingSerializer extends ImmutableSerializer<Incoming> {
  private static final int VERSION = 1;
  private static final int EVENT = 0;
  private static final int FINALIZE = 1;
  private static final int HEARTBEAT = 2;
  private static final int DEAD_LETTER = 3;
  private static final int KIND = 3;
  private static final int SKEWED = 4;
  private static final int CHECKED = 8;

  public IncomingSerializer() {
    this(VERSION);
  }

  private IncomingSerializer(int version) {
    super(version);
  }

  @Override
  protected ImmutableSerializer<Incoming> atVersion(int formVersion) {
    return new IncomingSerializer(formVersion);
  }

  @Override
  protected void write(Incoming incoming, DataOutputView out) throws IOException {
    out.writeByte(
        kind(incoming)
            | (incoming.clockSkew() ? SKEWED : 0)
            | (incoming.isChecked() ? CHECKED : 0));
    Binary.writeSize(out, incoming.partition());
    Binary.writeNumber(out, incoming.offset());
    Binary.writeNumber(out, incoming.kafkaTimestampMs());
    Binary.writeNumber(out, incoming.logTimeMs());
    Decoded decoded = incoming.decoded();
    DeadLetter deadLetter = incoming.deadLetter();
    if (decoded instanceof Event event) {
      EventForm.write(event, out);
    } else if (decoded instanceof Finalize end) {
      Binary.writeText(out, end.tenant());
      Binary.writeText(out, end.runId());
      Binary.writeNumber(out, end.timeMicros());
    } else if (decoded instanceof Heartbeat heartbeat) {
      Binary.writeNumber(out, heartbeat.timeMicros());
    } else if (deadLetter != null) {
      writeDeadLetter(deadLetter, out);
    }
  }

  @Override
  protected Incoming read(DataInputView in, int formVersion) throws IOException {
    int head = in.readByte();
    int partition = Binary.readSize(in);
    long offset = Binary.readNumber(in);
    long kafkaTimestampMs = Binary.readNumber(in);
    long logTimeMs = Binary.readNumber(in);
    if ((head & KIND) == DEAD_LETTER) {
      DeadLetter deadLetter = readDeadLetter(in, partition, offset, kafkaTimestampMs);
      return Incoming.of(deadLetter).withLogTime(logTimeMs);
    }
    return new Incoming(
        readDecoded(head & KIND, in),
        null,
        partition,
        offset,
        kafkaTimestampMs,
        (head & SKEWED) != 0,
        logTimeMs,
        (head & CHECKED) != 0);
  }

  private static int kind(Incoming incoming) {
    Decoded decoded = incoming.decoded();
    if (decoded == null) {
      return DEAD_LETTER;
    }
    return decoded instanceof Event ? EVENT : decoded instanceof Finalize ? FINALIZE : HEARTBEAT;
  }

  private static Decoded readDecoded(int kind, DataInputView in) throws IOException {
    return switch (kind) {
      case EVENT -> EventForm.read(in);
      case FINALIZE ->
          new Finalize(Binary.readText(in), Binary.readText(in), Binary.readNumber(in));
      default -> new Heartbeat(Binary.readNumber(in));
    };
  }

  private static void writeDeadLetter(DeadLetter letter, DataOutputView out) throws IOException {
    Binary.writeText(out, letter.job());
    Binary.writeText(out, letter.reason());
    Binary.writeText(out, letter.detail());
    Binary.writeText(out, letter.topic());
    Binary.writeBytes(out, letter.raw());
  }

  private static DeadLetter readDeadLetter(
      DataInputView in, int partition, long offset, long kafkaTimestampMs) throws IOException {
    return new DeadLetter(
        Binary.readText(in),
        Binary.readText(in),
        Binary.readText(in),
        Binary.readText(in),
        partition,
        offset,
        kafkaTimestampMs,
        Binary.readBytes(in));
  }
}
