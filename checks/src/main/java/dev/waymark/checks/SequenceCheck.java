package dev.waymark.checks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.checks.tenant.Tenant;
import dev.waymark.schemas.event.Event;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a run's numbers go on where they were. Known are the runs this process saw lately,
 * {@value #MAX_RUNS} at most, so the first number of a run says nothing, and beside other gateways
 * a gap may be theirs: it is noted and refuses nothing. The same number again is a retry.
 */
final class SequenceCheck implements Check {
  static final int MAX_RUNS = 100_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private record RunKey(String tenant, String runId) {}

  private final Cache<RunKey, AtomicLong> highest =
      Caffeine.newBuilder().maximumSize(MAX_RUNS).expireAfterAccess(FORGOTTEN_AFTER).build();

  @Override
  public CheckName name() {
    return CheckName.SEQUENCE;
  }

  @Override
  public void check(EventContent content, Tenant tenant, Report report) {
    Event event = content.event();
    long before =
        highest
            .get(new RunKey(event.tenant(), event.runId()), key -> new AtomicLong(event.seq()))
            .getAndAccumulate(event.seq(), Math::max);
    compare(event.seq(), before, report);
  }

  /**
   * Compares a number with what came before.
   *
   * @param before the run's highest number so far
   */
  static void compare(long seq, long before, Report report) {
    if (seq > before + 1) {
      report.add(
          CheckName.SEQUENCE,
          "gap",
          "seq",
          "follows " + before + ", so numbers between are missing");
    } else if (seq < before) {
      report.add(CheckName.SEQUENCE, "step_back", "seq", "comes after " + before);
    }
  }
}
