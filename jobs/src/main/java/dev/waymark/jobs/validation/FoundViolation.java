package dev.waymark.jobs.validation;

import dev.waymark.schemas.violation.Violation;
import java.util.Comparator;

/**
 * A violation that waits for the watermark.
 *
 * @param foundMs the watermark, ms, with which all that come before it have come
 */
public record FoundViolation(long foundMs, Violation violation) {
  /** The order in which they are listed: by time, then by id. */
  static final Comparator<FoundViolation> IN_ORDER =
      Comparator.comparingLong((FoundViolation found) -> found.violation.timeMicros())
          .thenComparing(found -> found.violation.violationId());
}
