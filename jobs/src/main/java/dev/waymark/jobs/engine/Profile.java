package dev.waymark.jobs.engine;

import dev.waymark.jobs.engine.judge.Words;
import dev.waymark.schemas.violation.Violation;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code profile} rule has learnt of an agent's gaps: judges a gap, then learns it.
 *
 * @param gaps in µs
 * @param lastMicros turn of the last
 * @param timerMs when it is looked at whether it can be forgotten
 */
public record Profile(Sample gaps, long lastMicros, long timerMs) {
  static final Profile NEW = new Profile(Sample.EMPTY, Long.MIN_VALUE, Long.MIN_VALUE);

  private static final int MIN_SAMPLES = 30;

  /** The violation that the gap is by what was learnt before it. */
  Optional<Violation> judge(Gap gap) {
    if (gaps.n() < MIN_SAMPLES || gaps.isWithin(gap.micros(), gap.zeta(), 0)) {
      return Optional.empty();
    }
    Violation finding = gap.finding();
    String mean = Words.duration(Math.round(gaps.mean()));
    String deviation = Words.duration(Math.round(gaps.deviation()));
    String zeta = Words.number(gap.zeta());
    return Optional.of(
        finding.saying(
            finding.message()
                + ", learnt is "
                + mean
                + " ± "
                + zeta
                + " · "
                + deviation
                + " from "
                + gaps.n()
                + " gaps of "
                + finding.agentId(),
            Map.of(
                "gap", Words.duration(gap.micros()),
                "mean", mean,
                "sd", deviation,
                "n", String.valueOf(gaps.n()),
                "zeta", zeta)));
  }

  Profile plus(Gap gap, long turnMicros) {
    return new Profile(gaps.plus(gap.micros()), turnMicros, timerMs);
  }

  Profile withTimer(long ms) {
    return new Profile(gaps, lastMicros, ms);
  }
}
