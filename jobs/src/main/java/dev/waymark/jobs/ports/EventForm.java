package dev.waymark.jobs.ports;

import dev.waymark.jobs.types.Binary;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Usage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binary form of an {@link Event}: a mask of the fields that are there, then these, then the
 * record's bytes. For an operator that keeps events in its state as well.
 */
public final class EventForm {
  private static final List<String> ACTORS =
      List.of("agent", "tool", "user", "human", "system", "redteam");
  private static final List<String> TYPES =
      List.of(
          Event.REASONING,
          Event.ACTION_REQUEST,
          Event.ACTION_RESPONSE,
          Event.FINAL_OUTPUT,
          Event.ERROR,
          Event.ENVIRONMENT);
  private static final int OTHER = 255;

  private static final int IDEMPOTENCY_KEY = 1;
  private static final int ACTION = 1 << 1;
  private static final int CALL_ID = 1 << 2;
  private static final int STATUS = 1 << 3;
  private static final int RESOURCE = 1 << 4;
  private static final int MODEL = 1 << 5;
  private static final int PROVIDER = 1 << 6;
  private static final int USER_ID = 1 << 7;
  private static final int SESSION_ID = 1 << 8;
  private static final int TRACE_ID = 1 << 9;
  private static final int USAGE = 1 << 10;
  private static final int COST_USD = 1 << 11;
  private static final int LATENCY_MS = 1 << 12;
  private static final int GEN_LATENCY_MS = 1 << 13;
  private static final int TENANT = 1 << 14;

  private EventForm() {}

  public static void write(Event event, DataOutput out) throws IOException {
    int mask = mask(event);
    out.writeShort(mask);
    if ((mask & TENANT) != 0) {
      Binary.writeText(out, event.tenant());
    }
    Binary.writeText(out, event.runId());
    Binary.writeNumber(out, event.seq());
    out.writeLong(event.timeMicros());
    writeKnown(out, event.actor(), ACTORS);
    writeKnown(out, event.type(), TYPES);
    Binary.writeText(out, event.agentId());
    writeText(out, event.idempotencyKey());
    writeText(out, event.action());
    writeText(out, event.callId());
    writeText(out, event.status());
    writeText(out, event.resource());
    writeText(out, event.model());
    writeText(out, event.provider());
    writeText(out, event.userId());
    writeText(out, event.sessionId());
    writeText(out, event.traceId());
    writeUsage(out, event.usage());
    writeDouble(out, event.costUsd());
    writeDouble(out, event.latencyMs());
    writeDouble(out, event.genLatencyMs());
    Binary.writeBytes(out, event.raw());
  }

  public static Event read(DataInput in) throws IOException {
    int mask = in.readShort();
    return new Event(
        (mask & TENANT) != 0 ? Binary.readCommonText(in) : Event.DEFAULT_TENANT,
        Binary.readText(in),
        Binary.readNumber(in),
        in.readLong(),
        readKnown(in, ACTORS),
        readKnown(in, TYPES),
        Binary.readCommonText(in),
        readText(in, mask & IDEMPOTENCY_KEY),
        readCommonText(in, mask & ACTION),
        readText(in, mask & CALL_ID),
        readCommonText(in, mask & STATUS),
        readText(in, mask & RESOURCE),
        readCommonText(in, mask & MODEL),
        readCommonText(in, mask & PROVIDER),
        readText(in, mask & USER_ID),
        readText(in, mask & SESSION_ID),
        readText(in, mask & TRACE_ID),
        (mask & USAGE) != 0 ? readUsage(in) : null,
        readDouble(in, mask & COST_USD),
        readDouble(in, mask & LATENCY_MS),
        readDouble(in, mask & GEN_LATENCY_MS),
        Binary.readBytes(in));
  }

  private static int mask(Event event) {
    return bit(event.idempotencyKey(), IDEMPOTENCY_KEY)
        | bit(event.action(), ACTION)
        | bit(event.callId(), CALL_ID)
        | bit(event.status(), STATUS)
        | bit(event.resource(), RESOURCE)
        | bit(event.model(), MODEL)
        | bit(event.provider(), PROVIDER)
        | bit(event.userId(), USER_ID)
        | bit(event.sessionId(), SESSION_ID)
        | bit(event.traceId(), TRACE_ID)
        | bit(event.usage(), USAGE)
        | bit(event.costUsd(), COST_USD)
        | bit(event.latencyMs(), LATENCY_MS)
        | bit(event.genLatencyMs(), GEN_LATENCY_MS)
        | (event.tenant().equals(Event.DEFAULT_TENANT) ? 0 : TENANT);
  }

  private static int bit(@Nullable Object field, int bit) {
    return field == null ? 0 : bit;
  }

  private static void writeKnown(DataOutput out, String text, List<String> known)
      throws IOException {
    int index = known.indexOf(text);
    out.writeByte(index < 0 ? OTHER : index);
    if (index < 0) {
      Binary.writeText(out, text);
    }
  }

  private static String readKnown(DataInput in, List<String> known) throws IOException {
    int index = in.readUnsignedByte();
    return index == OTHER ? Binary.readText(in) : known.get(index);
  }

  private static void writeText(DataOutput out, @Nullable String text) throws IOException {
    if (text != null) {
      Binary.writeText(out, text);
    }
  }

  private static @Nullable String readCommonText(DataInput in, int isThere) throws IOException {
    return isThere != 0 ? Binary.readCommonText(in) : null;
  }

  private static @Nullable String readText(DataInput in, int isThere) throws IOException {
    return isThere != 0 ? Binary.readText(in) : null;
  }

  private static void writeDouble(DataOutput out, @Nullable Double number) throws IOException {
    if (number != null) {
      out.writeDouble(number);
    }
  }

  private static @Nullable Double readDouble(DataInput in, int isThere) throws IOException {
    return isThere != 0 ? in.readDouble() : null;
  }

  private static void writeUsage(DataOutput out, @Nullable Usage usage) throws IOException {
    if (usage != null) {
      Binary.writeNumber(out, usage.inputTokens());
      Binary.writeNumber(out, usage.outputTokens());
      Binary.writeNumber(out, usage.cachedInputTokens());
      Binary.writeNumber(out, usage.cacheWriteInputTokens());
    }
  }

  private static Usage readUsage(DataInput in) throws IOException {
    return new Usage(
        Binary.readNumber(in), Binary.readNumber(in), Binary.readNumber(in), Binary.readNumber(in));
  }
}
