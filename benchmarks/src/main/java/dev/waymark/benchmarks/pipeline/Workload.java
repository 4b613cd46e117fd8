package dev.waymark.benchmarks.pipeline;

import dev.waymark.client.ClientConfig;
import dev.waymark.client.ControlRecords;
import dev.waymark.client.EventPublisher;
import dev.waymark.client.demo.DemoStream;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * The runs of the demo's agents in the events topic, in log time and by time; the same seed gives
 * the same bytes. One run in six breaks a default rule. Behind them comes a heartbeat to each
 * partition, so late that all cases have ended by it.
 *
 * @param events without the heartbeats
 * @param eventBytes of one event, on average
 * @param endMs the watermark that the last heartbeat gives, ms since the epoch
 */
record Workload(long events, long eventBytes, long endMs) {
  private static final long SEED = 7;
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final double RUNS_PER_MINUTE = 3_000;

  /** Longer than the default rules' time-out and the jobs' out-of-orderness together. */
  private static final Duration QUIET = Duration.ofMinutes(31);

  /**
   * Plays so many runs.
   *
   * @param runs of some 13 events each
   */
  static Workload fill(JobConfig config, int runs) {
    DemoStream stream = DemoStream.of(SEED, START, RUNS_PER_MINUTE, runs);
    long events = 0;
    long bytes = 0;
    long lastMicros = 0;
    try (EventPublisher publisher =
        EventPublisher.open(ClientConfig.of(config.kafka().bootstrapServers()))) {
      CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
      for (Event event = stream.next(); event != null; event = stream.next()) {
        last = publisher.publish(event);
        events++;
        bytes += event.raw().length;
        lastMicros = event.timeMicros();
      }
      last.join();
      long endMicros = lastMicros + QUIET.toMillis() * 1_000;
      publisher.publishToAll(ControlRecords.heartbeat(endMicros)).join();
      return new Workload(
          events, bytes / events, Times.toMillis(endMicros) - config.time().outOfOrdernessMs() - 1);
    }
  }
}
