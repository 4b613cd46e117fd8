package dev.waymark.jobs.metrics;

import dev.waymark.jobs.engine.Fingerprint;
import dev.waymark.jobs.types.Binary;
import dev.waymark.jobs.types.ImmutableSerializer;
import dev.waymark.schemas.event.Usage;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Binary form of a {@link Measurement}: a mask of what is there, then that. */
public final class MeasurementSerializer extends ImmutableSerializer<Measurement> {
  private static final int VERSION = 1;

  private static final int IS_ERROR = 1;
  private static final int CLOCK_SKEW = 1 << 1;
  private static final int MODEL = 1 << 2;
  private static final int ACTION = 1 << 3;
  private static final int CALL_ID = 1 << 4;
  private static final int USAGE = 1 << 5;
  private static final int COST_USD = 1 << 6;
  private static final int LATENCY_MS = 1 << 7;
  private static final int GEN_LATENCY_MS = 1 << 8;

  public MeasurementSerializer() {
    this(VERSION);
  }

  private MeasurementSerializer(int version) {
    super(version);
  }

  @Override
  protected ImmutableSerializer<Measurement> atVersion(int formVersion) {
    return new MeasurementSerializer(formVersion);
  }

  @Override
  protected void write(Measurement m, DataOutputView out) throws IOException {
    out.writeShort(mask(m));
    out.writeByte(m.type());
    Binary.writeText(out, m.runKey());
    Binary.writeText(out, m.agentId());
    writeText(out, m.model());
    writeText(out, m.action());
    writeText(out, m.callId());
    writeFingerprint(out, m.identity());
    writeFingerprint(out, m.content());
    Binary.writeNumber(out, m.seq());
    out.writeLong(m.timeMicros());
    out.writeLong(m.timeMs());
    out.writeLong(m.logTimeMs());
    Usage usage = m.usage();
    if (usage != null) {
      Binary.writeNumber(out, usage.inputTokens());
      Binary.writeNumber(out, usage.outputTokens());
      Binary.writeNumber(out, usage.cachedInputTokens());
      Binary.writeNumber(out, usage.cacheWriteInputTokens());
    }
    writeDouble(out, m.costUsd());
    writeDouble(out, m.latencyMs());
    writeDouble(out, m.genLatencyMs());
  }

  @Override
  protected Measurement read(DataInputView in, int formVersion) throws IOException {
    int mask = in.readShort();
    int type = in.readByte();
    return new Measurement(
        Binary.readText(in),
        Binary.readText(in),
        type,
        (mask & IS_ERROR) != 0,
        (mask & CLOCK_SKEW) != 0,
        readText(in, mask & MODEL),
        readText(in, mask & ACTION),
        readText(in, mask & CALL_ID),
        new Fingerprint(in.readLong(), in.readLong()),
        new Fingerprint(in.readLong(), in.readLong()),
        Binary.readNumber(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        (mask & USAGE) != 0 ? readUsage(in) : null,
        readDouble(in, mask & COST_USD),
        readDouble(in, mask & LATENCY_MS),
        readDouble(in, mask & GEN_LATENCY_MS));
  }

  private static int mask(Measurement m) {
    return (m.isError() ? IS_ERROR : 0)
        | (m.clockSkew() ? CLOCK_SKEW : 0)
        | bit(m.model(), MODEL)
        | bit(m.action(), ACTION)
        | bit(m.callId(), CALL_ID)
        | bit(m.usage(), USAGE)
        | bit(m.costUsd(), COST_USD)
        | bit(m.latencyMs(), LATENCY_MS)
        | bit(m.genLatencyMs(), GEN_LATENCY_MS);
  }

  private static int bit(@Nullable Object field, int bit) {
    return field == null ? 0 : bit;
  }

  private static void writeText(DataOutputView out, @Nullable String text) throws IOException {
    if (text != null) {
      Binary.writeText(out, text);
    }
  }

  private static @Nullable String readText(DataInputView in, int isThere) throws IOException {
    return isThere != 0 ? Binary.readText(in) : null;
  }

  private static void writeDouble(DataOutputView out, @Nullable Double number) throws IOException {
    if (number != null) {
      out.writeDouble(number);
    }
  }

  private static @Nullable Double readDouble(DataInputView in, int isThere) throws IOException {
    return isThere != 0 ? in.readDouble() : null;
  }

  private static void writeFingerprint(DataOutputView out, Fingerprint fingerprint)
      throws IOException {
    out.writeLong(fingerprint.high());
    out.writeLong(fingerprint.low());
  }

  private static Usage readUsage(DataInputView in) throws IOException {
    return new Usage(
        Binary.readNumber(in), Binary.readNumber(in), Binary.readNumber(in), Binary.readNumber(in));
  }
}
