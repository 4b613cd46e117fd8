package dev.waymark.api.trailjob;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.pipeline.FlinkUnavailableException;
import dev.waymark.api.pipeline.JobRefusedException;
import dev.waymark.api.pipeline.JobRunner;
import dev.waymark.api.store.TrailJobKind;
import dev.waymark.api.store.TrailJobRequest;
import dev.waymark.api.store.TrailJobStore;
import dev.waymark.api.store.TrailJobStore.ActiveJob;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Jobs over the stored trail, each a row and a Flink job of the same id. The job writes what it
 * does and finds into the row; what it cannot write, that it failed or is gone, is found out here
 * when somebody asks. Nothing is remembered in this process, so a restart changes nothing.
 */
@Singleton
final class TrailJobs {
  private static final String FAILED = "failed";
  private static final String CANCELLED = "cancelled";

  /** After this a job that Flink does not know is not on its way any more. */
  private static final Duration ON_ITS_WAY = JobRunner.SUBMISSION.multipliedBy(2);

  private final ApiConfig config;
  private final TrailJobStore store;
  private final JobRunner flink;
  private final Clock clock;

  TrailJobs(ApiConfig config, TrailJobStore store, JobRunner flink, Clock clock) {
    this.config = config;
    this.store = store;
    this.flink = flink;
    this.clock = clock;
  }

  /**
   * Begins one and returns its id. Throws {@link TooManyJobsException}, and {@link
   * FlinkUnavailableException} where Flink cannot take it; what goes wrong later is in its row.
   */
  String begin(TrailJobRequest request, int maxActive, int kept) {
    flink.requireReady();
    settle();
    String id = UUID.randomUUID().toString().replace("-", "");
    if (!store.begin(id, request, clock.instant(), maxActive, kept)) {
      throw new TooManyJobsException(request.kind(), maxActive);
    }
    submit(id, request.kind());
    return id;
  }

  private void submit(String id, TrailJobKind kind) {
    try {
      flink.submit(id, kind.entryClass(), arguments(id));
    } catch (JobRefusedException e) {
      store.end(id, FAILED, e.getMessage());
    } catch (FlinkUnavailableException e) {
      store.end(id, FAILED, e.getMessage());
      throw e;
    }
  }

  private List<String> arguments(String id) {
    return List.of(
        "--trail-job.id",
        id,
        "--kafka.bootstrap-servers",
        config.kafka().bootstrapServers(),
        "--db.url",
        config.database().url(),
        "--db.user",
        config.database().user(),
        "--db.password",
        config.database().password());
  }

  /** Cancels one that waits or runs. */
  void cancel(String id) {
    flink.cancel(id);
    store.end(id, CANCELLED, null);
  }

  /** Finds out about those that have ended without a word. */
  void settle() {
    store.active().forEach(this::settle);
  }

  private void settle(ActiveJob job) {
    try {
      Optional<String> state = flink.state(job.id());
      if (state.isEmpty()) {
        if (clock.instant().isAfter(job.createdAt().plus(ON_ITS_WAY))) {
          store.end(job.id(), FAILED, "Flink does not know its job any more");
        }
        return;
      }
      switch (state.get()) {
        case "FAILED" -> store.end(job.id(), FAILED, flink.failure(job.id()));
        case "CANCELED" -> store.end(job.id(), CANCELLED, null);
        case "FINISHED" -> store.end(job.id(), FAILED, "its job ended without a result");
        default -> {
          // It is on its way.
        }
      }
    } catch (FlinkUnavailableException e) {
      // Nothing is known now, so nothing changes.
    }
  }
}
