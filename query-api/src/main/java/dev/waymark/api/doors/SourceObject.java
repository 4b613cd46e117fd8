package dev.waymark.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.EventCodec;
import java.time.DateTimeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of another shape, read field by field. What nobody asked for is what does not fit the
 * contract: {@link #rest}. Methods throw {@link UnmappableException} for a field that is there and
 * of the wrong kind; where several names are given the first that is there counts.
 */
public final class SourceObject {
  /** Times above are ms since the epoch, not seconds: 5138-11-16 in seconds, 1973-03-03 in ms. */
  private static final double LAST_SECOND = 1e11;

  private static final double LAST_MILLI = 253_402_300_799_999d;

  private final ObjectNode rest;

  private SourceObject(ObjectNode rest) {
    this.rest = rest;
  }

  /** Takes the object over. */
  public static SourceObject of(JsonNode node) throws UnmappableException {
    if (node instanceof ObjectNode object) {
      return new SourceObject(object);
    }
    throw new UnmappableException("record", "must be a JSON object");
  }

  /** Text, or a number as its text; null where absent. */
  public @Nullable String text(String... names) throws UnmappableException {
    for (String name : names) {
      JsonNode value = take(name);
      if (value != null && !value.isValueNode()) {
        throw new UnmappableException(name, "must be text");
      }
      if (value != null && !value.asText().isEmpty()) {
        return value.asText();
      }
    }
    return null;
  }

  public String requiredText(String... names) throws UnmappableException {
    String text = text(names);
    if (text == null) {
      throw new UnmappableException(names[0], "required");
    }
    return text;
  }

  public String oneOf(String name, Set<String> allowed) throws UnmappableException {
    String text = requiredText(name);
    if (!allowed.contains(text)) {
      throw new UnmappableException(
          name, "must be one of " + String.join(", ", allowed.stream().sorted().toList()));
    }
    return text;
  }

  /** A number of at least 0, also as text; null where absent. */
  public @Nullable Double amount(String... names) throws UnmappableException {
    for (String name : names) {
      JsonNode value = take(name);
      if (value != null) {
        double number = value.isNumber() || value.isTextual() ? value.asDouble(-1) : -1;
        if (!Double.isFinite(number) || number < 0) {
          throw new UnmappableException(name, "must be a number of at least 0");
        }
        return number;
      }
    }
    return null;
  }

  /** A whole number of at least 0; null where absent. */
  public @Nullable Long count(String... names) throws UnmappableException {
    for (String name : names) {
      JsonNode value = take(name);
      if (value != null) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
          throw new UnmappableException(name, "must be a whole number of at least 0");
        }
        return value.asLong();
      }
    }
    return null;
  }

  /**
   * µs since the epoch: RFC 3339, the same without a zone as UTC, or seconds or ms since the epoch.
   */
  public long requiredTime(String name) throws UnmappableException {
    Long time = time(name);
    if (time == null) {
      throw new UnmappableException(name, "required");
    }
    return time;
  }

  /** The same; null where absent. */
  public @Nullable Long time(String name) throws UnmappableException {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      return epoch(name, value.asDouble());
    }
    try {
      String text = value.asText();
      return EventCodec.parseTime(hasZone(text) ? text : text + 'Z');
    } catch (DateTimeException e) {
      throw new UnmappableException(name, "must be an RFC 3339 time");
    }
  }

  /** Anything; null where absent. */
  public @Nullable JsonNode any(String name) {
    return take(name);
  }

  /** An object of its own; an empty one where absent. */
  public SourceObject object(String name) throws UnmappableException {
    JsonNode value = take(name);
    if (value == null) {
      return new SourceObject(Json.object());
    }
    if (value instanceof ObjectNode object) {
      return new SourceObject(object);
    }
    throw new UnmappableException(name, "must be an object");
  }

  /** What was not asked for so far. */
  public ObjectNode rest() {
    return rest;
  }

  private @Nullable JsonNode take(String name) {
    JsonNode value = rest.remove(name);
    return value == null || value.isNull() ? null : value;
  }

  private static long epoch(String name, double number) throws UnmappableException {
    double millis = number < LAST_SECOND ? number * 1_000 : number;
    if (!(millis >= 0 && millis <= LAST_MILLI)) {
      throw new UnmappableException(name, "must be seconds or ms since 1970");
    }
    return Math.round(millis * 1_000);
  }

  /** Python's isoformat() leaves the zone out where a time has none. */
  private static boolean hasZone(String text) {
    int time = text.indexOf('T');
    return time < 0
        || text.endsWith("Z")
        || text.endsWith("z")
        || text.indexOf('+', time) > 0
        || text.indexOf('-', time) > 0;
  }
}
