package dev.waymark.jobs.books;

import java.util.Locale;

/**
 * What is counted in the books. At each checkpoint {@code read = accepted + duplicates + conflicts
 * + dead_letters}; the further ones say what became of the accepted.
 */
public enum BookCounter {
  /** Records read, without control records. */
  READ("numEventsRead"),
  /** Events taken for the first time. */
  ACCEPTED("numEventsAccepted"),
  /** The same identity and bytes again. */
  DUPLICATES("numDuplicates"),
  /** The same identity with other bytes. */
  CONFLICTS("numConflicts"),
  /** Records that are no events. */
  DEAD_LETTERS("numEventsDeadLettered"),
  /** Heartbeats and finalizes. */
  CONTROL("numControlRecords"),
  /** Accepted events that rules have seen. */
  JUDGED("numEventsJudged"),
  /** Accepted events that came behind time. */
  LATE("numLateEvents"),
  /** Late events that found no open case, among the late. */
  LATE_WITHOUT_CASE("numLateEventsWithoutCase"),
  /** Conditions of rules that failed when evaluated, which counts as false. */
  CONDITIONS_FAILED("numConditionsFailed"),
  /** Accepted events that wait for time to pass them. */
  WAITING("numEventsWaiting"),
  /** Accepted events whose clock is no evidence. */
  CLOCK_SKEW("numClockSkewed"),
  /** Accepted events that a limit kept from every case. */
  NOT_JUDGED("numEventsNotJudged"),
  /** Events beyond those that may wait of a case. */
  WAITING_BEYOND_LIMIT("numWaitingBeyondLimit"),
  /** Cases beyond those that may be open. */
  CASES_BEYOND_LIMIT("numCasesBeyondLimit"),
  /** Partial matches beyond those that a case and rule may have. */
  PARTIAL_MATCHES_BEYOND_LIMIT("numPartialMatchesBeyondLimit"),
  /** Accepted events that metrics count. */
  MEASURED("numEventsMeasured"),
  /** Accepted events so late that repeats of them could not be told. */
  TOO_LATE("numEventsTooLate");

  private final String metricName;

  BookCounter(String metricName) {
    this.metricName = metricName;
  }

  /** The counter's name in table {@code job_books}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The counter's name among Flink's metrics, which start at zero after a restart. */
  public String metricName() {
    return metricName;
  }
}
