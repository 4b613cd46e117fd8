package dev.waymark.schemas.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@code steps} or {@code pattern} rule.
 *
 * @param name of a pattern step; of a {@code steps} rule its position, from 1
 * @param absent whether the step must not occur (patterns only)
 * @param follows how it follows the step before (patterns only)
 * @param minTimes fewest occurrences, {@code maxTimes} most (patterns only; else 1 and 1)
 * @param optional whether it may be left out (patterns only)
 * @param where a CEL expression over {@code event} and the earlier steps' events as {@code step};
 *     null: none
 */
public record Step(
    String name,
    Matcher match,
    boolean absent,
    Contiguity follows,
    int minTimes,
    int maxTimes,
    boolean optional,
    @Nullable String where) {

  /** How a step follows the one before it. */
  public enum Contiguity {
    /** The very next event. */
    STRICT,
    /** The next matching event. */
    RELAXED,
    /** Any later matching event. */
    ANY;

    /** The name as it is written in rules. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
