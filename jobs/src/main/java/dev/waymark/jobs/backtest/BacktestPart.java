package dev.waymark.jobs.backtest;

import dev.waymark.jobs.engine.OutcomeDelta;
import dev.waymark.schemas.violation.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a backtest's result on its way: a violation, an outcome, or else how many events were
 * read.
 *
 * @param side whose it is; of progress, nobody's
 */
public record BacktestPart(
    Side side, @Nullable Violation violation, @Nullable OutcomeDelta outcome, long eventsRead) {

  /** Whose verdict something is. */
  public enum Side {
    DRAFT,
    LIVE,
    BOTH,
    NEITHER
  }

  static BacktestPart of(Side side, Violation violation) {
    return new BacktestPart(side, violation, null, 0);
  }

  static BacktestPart of(Side side, OutcomeDelta outcome) {
    return new BacktestPart(side, null, outcome, 0);
  }

  static BacktestPart progress(long eventsRead) {
    return new BacktestPart(Side.NEITHER, null, null, eventsRead);
  }

  /** What draft and live must share to be the same: rule, case, and the events that prove it. */
  static String key(BacktestPart part) {
    Violation violation = part.violation;
    if (violation == null) {
      throw new IllegalStateException("only violations are compared");
    }
    StringBuilder key = new StringBuilder();
    for (String name : new String[] {violation.tenant(), violation.ruleId(), violation.kind()}) {
      key.append(name).append('\0');
    }
    key.append(violation.caseId());
    violation
        .evidence()
        .forEach(
            event -> key.append('\0').append(event.runId()).append('\0').append(event.identity()));
    return key.toString();
  }
}
