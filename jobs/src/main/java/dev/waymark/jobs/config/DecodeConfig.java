package dev.waymark.jobs.config;

import dev.waymark.schemas.event.EventLimits;
import java.io.Serializable;

/**
 * How much of an event is taken.
 *
 * @param maxEventBytes longest record in bytes
 * @param maxNestingDepth deepest nesting of objects and arrays
 * @param maxIdBytes longest identifier in UTF-8 bytes
 */
public record DecodeConfig(int maxEventBytes, int maxNestingDepth, int maxIdBytes)
    implements Serializable {
  static final Setting<Integer> MAX_EVENT_BYTES =
      Setting.integer(
          "event.max-bytes", 1, EventLimits.DEFAULT.maxEventBytes(), "Longest event, bytes.");
  static final Setting<Integer> MAX_NESTING_DEPTH =
      Setting.integer(
          "event.max-nesting-depth",
          1,
          EventLimits.DEFAULT.maxNestingDepth(),
          "Deepest nesting of an event's JSON.");
  static final Setting<Integer> MAX_ID_BYTES =
      Setting.integer(
          "event.max-id-bytes", 1, EventLimits.DEFAULT.maxIdBytes(), "Longest identifier, bytes.");

  public static DecodeConfig from(Settings settings) {
    return new DecodeConfig(
        settings.get(MAX_EVENT_BYTES), settings.get(MAX_NESTING_DEPTH), settings.get(MAX_ID_BYTES));
  }

  public EventLimits limits() {
    return new EventLimits(maxEventBytes, maxNestingDepth, maxIdBytes);
  }
}
