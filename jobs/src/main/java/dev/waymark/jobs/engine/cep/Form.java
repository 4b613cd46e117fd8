package dev.waymark.jobs.engine.cep;

import java.util.List;

/**
 * A pattern in the terms of an NFA.
 *
 * @param absentAtEnd what may not come after the last event taken, up to the end of the span
 * @param maxMicros the longest span from the first event to the last, inclusive; {@link
 *     #UNBOUNDED}: any
 * @param tellsUnfinished whether partial matches whose span ran out are found too
 */
record Form(List<Part> parts, Absence absentAtEnd, long maxMicros, boolean tellsUnfinished) {
  static final long UNBOUNDED = Long.MAX_VALUE;

  boolean isBounded() {
    return maxMicros != UNBOUNDED;
  }

  /** The parts that may take the first event of a match. */
  int openingParts() {
    int opening = 1;
    while (opening < parts.size() && parts.get(opening - 1).optional()) {
      opening++;
    }
    return opening;
  }
}
