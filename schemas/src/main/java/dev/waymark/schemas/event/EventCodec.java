package dev.waymark.schemas.event;

import static dev.waymark.schemas.event.DeadLetterReason.BAD_FIELD;
import static dev.waymark.schemas.event.DeadLetterReason.DUPLICATE_FIELD;
import static dev.waymark.schemas.event.DeadLetterReason.MISSING_FIELD;
import static dev.waymark.schemas.event.DeadLetterReason.NOT_AN_OBJECT;
import static dev.waymark.schemas.event.DeadLetterReason.NOT_JSON;
import static dev.waymark.schemas.event.DeadLetterReason.NUL_CHARACTER;
import static dev.waymark.schemas.event.DeadLetterReason.TOO_LARGE;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the value of a Kafka record into an event or a control record; the only place that parses
 * the event contract.
 *
 * <p>In: one JSON object, UTF-8. Out: what the jobs compute with, and the bytes as they came. One
 * streaming pass, no tree: fields the contract does not know are skipped. What the contract knows
 * must be of its type and range, or the record is refused with reason and path. Stateless, safe for
 * concurrent use.
 */
public final class EventCodec {
  private static final Set<String> ACTORS =
      Set.of("agent", "tool", "user", "human", "system", "redteam");
  private static final Set<String> TYPES =
      Set.of(
          Event.REASONING,
          Event.ACTION_REQUEST,
          Event.ACTION_RESPONSE,
          Event.FINAL_OUTPUT,
          Event.ERROR,
          Event.ENVIRONMENT);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] NUL_ESCAPE = "\\u0000".getBytes(StandardCharsets.US_ASCII);

  private final EventLimits limits;
  private final JsonFactory json;

  public EventCodec(EventLimits limits) {
    this.limits = limits;
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(limits.maxNestingDepth()).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
  }

  /** Decodes one record; throws with the first problem found. */
  public Decoded decode(byte[] raw) throws UndecodableException {
    if (raw.length > limits.maxEventBytes()) {
      throw new UndecodableException(
          TOO_LARGE, "record: at most " + limits.maxEventBytes() + " bytes, was " + raw.length);
    }
    requireUtf8(raw);
    requireBareUtf8(raw);
    requireNoNul(raw);
    try (JsonParser parser = json.createParser(raw)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UndecodableException(NOT_AN_OBJECT, "record: must be a JSON object");
      }
      Fields fields = new Fields(limits);
      fields.readRoot(parser);
      if (parser.nextToken() != null) {
        throw new UndecodableException(NOT_JSON, "record: something follows the JSON object");
      }
      return fields.toDecoded(raw);
    } catch (JsonProcessingException e) {
      throw new UndecodableException(NOT_JSON, "record: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** Parses an RFC 3339 time to µs since the epoch; what is finer than a µs is cut off. */
  public static long parseTime(String text) {
    OffsetDateTime time = ITU.parseDateTime(text);
    return time.toEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  private static void requireUtf8(byte[] raw) throws UndecodableException {
    int i = 0;
    while (i < raw.length && raw[i] >= 0) {
      i++;
    }
    if (i == raw.length) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw, i, raw.length - i));
    } catch (CharacterCodingException e) {
      throw new UndecodableException(NOT_JSON, "record: not valid UTF-8");
    }
  }

  /**
   * Jackson would also take a byte order mark and guess UTF-16 and UTF-32 from zeros at the start.
   * The trail shows records inside other JSON, byte for byte, where neither can stand.
   */
  private static void requireBareUtf8(byte[] raw) throws UndecodableException {
    boolean isWide = raw.length > 1 && (raw[0] == 0 || raw[1] == 0);
    if (isWide || startsWith(raw, 0, BYTE_ORDER_MARK)) {
      throw new UndecodableException(NOT_JSON, "record: must be UTF-8 without a byte order mark");
    }
  }

  /**
   * An escaped NUL is the only one valid JSON can hold; the backslash must not itself be escaped.
   */
  private static void requireNoNul(byte[] raw) throws UndecodableException {
    int at = 0;
    while (at <= raw.length - NUL_ESCAPE.length) {
      if (raw[at] != '\\') {
        at++;
      } else if (raw[at + 1] != 'u') {
        at += 2;
      } else if (startsWith(raw, at, NUL_ESCAPE)) {
        throw new UndecodableException(NUL_CHARACTER, "record: NUL character at byte " + at);
      } else {
        at += 2;
      }
    }
  }

  private static boolean startsWith(byte[] raw, int from, byte[] prefix) {
    if (raw.length - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (raw[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** The fields met so far; one instance a record. */
  private static final class Fields {
    private final EventLimits limits;
    private long seenRoot;
    private long seenMeta;
    private long seenPayload;
    private long seenUsage;

    private @Nullable Long seq;
    private @Nullable Long timeMicros;
    private @Nullable String actor;
    private @Nullable String type;
    private @Nullable String tenant;
    private @Nullable String runId;
    private @Nullable String agentId;
    private @Nullable String idempotencyKey;
    private @Nullable String requestAction;
    private @Nullable String metaAction;
    private @Nullable String callId;
    private @Nullable String status;
    private @Nullable String resource;
    private @Nullable String model;
    private @Nullable String provider;
    private @Nullable String userId;
    private @Nullable String sessionId;
    private @Nullable String traceId;
    private @Nullable Usage usage;
    private @Nullable Double costUsd;
    private @Nullable Double latencyMs;
    private @Nullable Double genLatencyMs;
    private boolean hasPayload;
    private boolean hasMeta;

    Fields(EventLimits limits) {
      this.limits = limits;
    }

    void readRoot(JsonParser parser) throws IOException, UndecodableException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "seq" -> {
            seenRoot = once(seenRoot, 1, "seq");
            seq = integer(parser, value, "seq", 1);
          }
          case "t" -> {
            seenRoot = once(seenRoot, 2, "t");
            timeMicros = time(parser, value);
          }
          case "actor" -> {
            seenRoot = once(seenRoot, 4, "actor");
            actor = oneOf(parser, value, "actor", ACTORS);
          }
          case "type" -> {
            seenRoot = once(seenRoot, 8, "type");
            type = text(parser, value, "type");
          }
          case "payload" -> {
            seenRoot = once(seenRoot, 16, "payload");
            requireObject(value, "payload");
            hasPayload = true;
            readPayload(parser);
          }
          case "meta" -> {
            seenRoot = once(seenRoot, 32, "meta");
            requireObject(value, "meta");
            hasMeta = true;
            readMeta(parser);
          }
          default -> parser.skipChildren();
        }
      }
    }

    private void readPayload(JsonParser parser) throws IOException, UndecodableException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "action" -> {
            seenPayload = once(seenPayload, 1, "payload.action");
            requestAction = text(parser, value, "payload.action");
          }
          case "status" -> {
            seenPayload = once(seenPayload, 2, "payload.status");
            status = id(parser, value, "payload.status");
          }
          case "latency_ms" -> {
            seenPayload = once(seenPayload, 4, "payload.latency_ms");
            latencyMs = number(parser, value, "payload.latency_ms");
          }
          default -> parser.skipChildren();
        }
      }
    }

    private void readMeta(JsonParser parser) throws IOException, UndecodableException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "run_id" -> {
            seenMeta = once(seenMeta, 1, "meta.run_id");
            runId = id(parser, value, "meta.run_id");
          }
          case "agent_id" -> {
            seenMeta = once(seenMeta, 2, "meta.agent_id");
            agentId = id(parser, value, "meta.agent_id");
          }
          case "tenant" -> {
            seenMeta = once(seenMeta, 4, "meta.tenant");
            tenant = id(parser, value, "meta.tenant");
          }
          case "idempotency_key" -> {
            seenMeta = once(seenMeta, 8, "meta.idempotency_key");
            idempotencyKey = id(parser, value, "meta.idempotency_key");
          }
          case "action" -> {
            seenMeta = once(seenMeta, 16, "meta.action");
            metaAction = text(parser, value, "meta.action");
          }
          case "call_id" -> {
            seenMeta = once(seenMeta, 32, "meta.call_id");
            callId = id(parser, value, "meta.call_id");
          }
          case "resource" -> {
            seenMeta = once(seenMeta, 64, "meta.resource");
            resource = longText(parser, value, "meta.resource");
          }
          case "model" -> {
            seenMeta = once(seenMeta, 128, "meta.model");
            model = text(parser, value, "meta.model");
          }
          case "provider" -> {
            seenMeta = once(seenMeta, 256, "meta.provider");
            provider = text(parser, value, "meta.provider");
          }
          case "user_id" -> {
            seenMeta = once(seenMeta, 512, "meta.user_id");
            userId = id(parser, value, "meta.user_id");
          }
          case "session_id" -> {
            seenMeta = once(seenMeta, 1024, "meta.session_id");
            sessionId = id(parser, value, "meta.session_id");
          }
          case "trace_id" -> {
            seenMeta = once(seenMeta, 2048, "meta.trace_id");
            traceId = id(parser, value, "meta.trace_id");
          }
          case "cost_usd" -> {
            seenMeta = once(seenMeta, 4096, "meta.cost_usd");
            costUsd = number(parser, value, "meta.cost_usd");
          }
          case "gen_latency_ms" -> {
            seenMeta = once(seenMeta, 8192, "meta.gen_latency_ms");
            genLatencyMs = number(parser, value, "meta.gen_latency_ms");
          }
          case "usage" -> {
            seenMeta = once(seenMeta, 16384, "meta.usage");
            if (value != JsonToken.VALUE_NULL) {
              requireObject(value, "meta.usage");
              usage = readUsage(parser);
            }
          }
          default -> parser.skipChildren();
        }
      }
    }

    private Usage readUsage(JsonParser parser) throws IOException, UndecodableException {
      long input = 0;
      long output = 0;
      long cached = 0;
      long cacheWrite = 0;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "input_tokens" -> {
            seenUsage = once(seenUsage, 1, "meta.usage.input_tokens");
            input = tokens(parser, value, "meta.usage.input_tokens");
          }
          case "output_tokens" -> {
            seenUsage = once(seenUsage, 2, "meta.usage.output_tokens");
            output = tokens(parser, value, "meta.usage.output_tokens");
          }
          case "cached_input_tokens" -> {
            seenUsage = once(seenUsage, 4, "meta.usage.cached_input_tokens");
            cached = tokens(parser, value, "meta.usage.cached_input_tokens");
          }
          case "cache_write_input_tokens" -> {
            seenUsage = once(seenUsage, 8, "meta.usage.cache_write_input_tokens");
            cacheWrite = tokens(parser, value, "meta.usage.cache_write_input_tokens");
          }
          default -> parser.skipChildren();
        }
      }
      return new Usage(input, output, cached, cacheWrite);
    }

    Decoded toDecoded(byte[] raw) throws UndecodableException {
      String kind = required(type, "type");
      long micros = required(timeMicros, "t");
      if (kind.equals("heartbeat")) {
        return new Heartbeat(micros);
      }
      require(hasMeta, "meta");
      String run = required(runId, "meta.run_id");
      String owner = tenant == null ? Event.DEFAULT_TENANT : tenant;
      if (kind.equals("finalize")) {
        return new Finalize(owner, run, micros);
      }
      if (!TYPES.contains(kind)) {
        throw bad("type", "must be one of " + sorted(TYPES), quoted(kind));
      }
      require(hasPayload, "payload");
      return new Event(
          owner,
          run,
          required(seq, "seq"),
          micros,
          required(actor, "actor"),
          kind,
          required(agentId, "meta.agent_id"),
          idempotencyKey,
          kind.equals(Event.ACTION_REQUEST) ? requestAction : metaAction,
          callId,
          status,
          resource,
          model,
          provider,
          userId,
          sessionId,
          traceId,
          usage,
          costUsd,
          latencyMs,
          genLatencyMs,
          raw);
    }

    private static long once(long seen, long bit, String path) throws UndecodableException {
      if ((seen & bit) != 0) {
        throw new UndecodableException(DUPLICATE_FIELD, path + ": occurs twice");
      }
      return seen | bit;
    }

    private long time(JsonParser parser, JsonToken value) throws IOException, UndecodableException {
      if (value != JsonToken.VALUE_STRING) {
        throw bad("t", "must be an RFC 3339 time", parser.getText());
      }
      try {
        return parseTime(parser.getText());
      } catch (DateTimeException e) {
        throw bad("t", "must be an RFC 3339 time", quoted(parser.getText()));
      }
    }

    private String oneOf(JsonParser parser, JsonToken value, String path, Set<String> allowed)
        throws IOException, UndecodableException {
      String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
      if (!allowed.contains(text)) {
        throw bad(path, "must be one of " + sorted(allowed), quoted(parser.getText()));
      }
      return text;
    }

    private long integer(JsonParser parser, JsonToken value, String path, long min)
        throws IOException, UndecodableException {
      if (value != JsonToken.VALUE_NUMBER_INT
          || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw bad(path, "must be a whole number", parser.getText());
      }
      long number = parser.getLongValue();
      if (number < min) {
        throw bad(path, "must be at least " + min, parser.getText());
      }
      return number;
    }

    private long tokens(JsonParser parser, JsonToken value, String path)
        throws IOException, UndecodableException {
      return value == JsonToken.VALUE_NULL ? 0 : integer(parser, value, path, 0);
    }

    private @Nullable Double number(JsonParser parser, JsonToken value, String path)
        throws IOException, UndecodableException {
      if (value == JsonToken.VALUE_NULL) {
        return null;
      }
      if (!value.isNumeric()) {
        throw bad(path, "must be a number", parser.getText());
      }
      double number = parser.getDoubleValue();
      if (!Double.isFinite(number) || number < 0) {
        throw bad(path, "must be a number of at least 0", parser.getText());
      }
      return number;
    }

    /** An id is text or a number; a number counts as its text, empty text as absent. */
    private @Nullable String id(JsonParser parser, JsonToken value, String path)
        throws IOException, UndecodableException {
      if (value.isNumeric()) {
        return bounded(parser.getText(), path);
      }
      return text(parser, value, path);
    }

    private @Nullable String text(JsonParser parser, JsonToken value, String path)
        throws IOException, UndecodableException {
      String text = longText(parser, value, path);
      return text == null || text.isEmpty() ? null : bounded(text, path);
    }

    private @Nullable String longText(JsonParser parser, JsonToken value, String path)
        throws IOException, UndecodableException {
      if (value == JsonToken.VALUE_NULL) {
        return null;
      }
      if (value != JsonToken.VALUE_STRING) {
        throw bad(path, "must be text", parser.getText());
      }
      return wellFormed(parser.getText(), path);
    }

    private String bounded(String text, String path) throws UndecodableException {
      int max = limits.maxIdBytes();
      if (text.length() * 3L > max && text.getBytes(StandardCharsets.UTF_8).length > max) {
        throw bad(path, "must be at most " + max + " bytes", "longer");
      }
      return text;
    }

    /**
     * An unpaired surrogate can be escaped in JSON but has no UTF-8, so no column could hold it.
     */
    private static String wellFormed(String text, String path) throws UndecodableException {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isSurrogate(c)) {
          boolean paired =
              Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1));
          if (!paired) {
            throw bad(path, "must be valid Unicode", "an unpaired surrogate");
          }
          i++;
        }
      }
      return text;
    }

    private static void requireObject(JsonToken value, String path) throws UndecodableException {
      if (value != JsonToken.START_OBJECT) {
        throw bad(path, "must be an object", String.valueOf(value.asString()));
      }
    }

    private static void require(boolean present, String path) throws UndecodableException {
      if (!present) {
        throw new UndecodableException(MISSING_FIELD, path + ": required");
      }
    }

    private static <T> T required(@Nullable T value, String path) throws UndecodableException {
      if (value == null) {
        throw new UndecodableException(MISSING_FIELD, path + ": required");
      }
      return value;
    }

    private static UndecodableException bad(String path, String demand, String was) {
      return new UndecodableException(BAD_FIELD, path + ": " + demand + ", was " + was);
    }

    private static String quoted(String text) {
      return '"' + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + '"';
    }

    private static String sorted(Set<String> values) {
      return String.join(", ", values.stream().sorted().toList());
    }
  }
}
