package dev.waymark.api.trailjob;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.store.ExplanationStore;
import dev.waymark.api.store.ExplanationStore.Explanation;
import dev.waymark.api.store.ExplanationView;
import dev.waymark.api.store.TrailJobRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How rules stand to runs: each explanation is a job of a few seconds, so a request waits for it a
 * while. A fresh one serves all who ask.
 */
@Singleton
public final class Explanations {
  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int POLLS_A_LOOK_AT_FLINK = 10;
  private static final int KEPT = 1_000;

  private final ApiConfig.TrailJobs config;
  private final ExplanationStore store;
  private final TrailJobs jobs;
  private final Clock clock;

  Explanations(ApiConfig config, ExplanationStore store, TrailJobs jobs, Clock clock) {
    this.config = config.trailJobs();
    this.store = store;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * The explanation of a run that is there; one on its way where it takes longer than a request
   * waits. Throws as the jobs do, and {@link ExplanationFailedException}.
   */
  public ExplanationView explain(String tenant, String runId) {
    if (store.latest(tenant, runId).filter(this::serves).isEmpty()) {
      jobs.begin(TrailJobRequest.explanation(tenant, runId), config.maxExplanations(), KEPT);
    }
    Explanation explanation = await(tenant, runId);
    if (explanation.isActive() || explanation.isFinished()) {
      return explanation.view();
    }
    throw new ExplanationFailedException(
        Optional.ofNullable(explanation.error()).orElse(explanation.state()));
  }

  private boolean serves(Explanation explanation) {
    return explanation.isActive()
        || (explanation.isFinished()
            && explanation.createdAt().plus(FRESH).isAfter(clock.instant()));
  }

  private Explanation await(String tenant, String runId) {
    long polls = config.explanationWaitMs() / POLL.toMillis();
    for (long poll = 1; ; poll++) {
      Explanation explanation = store.latest(tenant, runId).orElseThrow();
      if (!explanation.isActive() || poll > polls) {
        return explanation;
      }
      if (poll % POLLS_A_LOOK_AT_FLINK == 0) {
        jobs.settle();
      }
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExplanationFailedException("interrupted");
    }
  }
}
