package dev.waymark.api.pipeline;

import dev.waymark.api.store.BooksView;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pipeline fares.
 *
 * @param time what moves time: live or log
 * @param jobs the three jobs, also those that do not run
 * @param limits what the rule engine keeps no more of, and how often that was reached
 * @param problems which servers did not answer; what they would have told is null or empty
 */
@Introspected
public record PipelineView(
    String time, List<JobView> jobs, List<LimitView> limits, List<String> problems) {
  /** The same without what adds up all tenants: whether the jobs run and how far they are. */
  public PipelineView withoutCounts() {
    return new PipelineView(
        time, jobs.stream().map(JobView::withoutCounts).toList(), List.of(), problems);
  }

  /**
   * One job.
   *
   * @param job its name in Flink and its consumer group in Kafka
   * @param state as Flink says, such as RUNNING; NOT_SUBMITTED where Flink does not know the job;
   *     null: Flink is away
   * @param flinkJobId Flink's id of it
   * @param startedAt when it was submitted
   * @param restarts after failures, since then
   * @param lastCheckpoint the last one completed
   * @param consumerLag by topic
   * @param watermark event time up to which all of the job has worked; of its last checkpoint where
   *     Flink is away
   * @param watermarkLagMs how far that is behind the clock; null in log mode, where the clock means
   *     nothing
   * @param books its books at its last checkpoint; null: none written yet
   */
  @Introspected
  public record JobView(
      String job,
      @Nullable String state,
      @Nullable String flinkJobId,
      @Nullable Instant startedAt,
      @Nullable Long restarts,
      @Nullable CheckpointView lastCheckpoint,
      List<LagView> consumerLag,
      @Nullable Instant watermark,
      @Nullable Long watermarkLagMs,
      @Nullable BooksView books) {
    private JobView withoutCounts() {
      return new JobView(
          job, state, null, startedAt, restarts, null, List.of(), watermark, watermarkLagMs, null);
    }
  }

  /**
   * A completed checkpoint.
   *
   * @param durationMs from its trigger to the last acknowledgement
   * @param stateBytes of the whole state it stands for
   * @param writtenBytes what it added to the checkpoints before
   */
  @Introspected
  public record CheckpointView(
      long id, Instant completedAt, long durationMs, long stateBytes, long writtenBytes) {}

  /**
   * How far a job's committed offsets are behind a topic's end.
   *
   * @param partitions that the job has committed offsets of
   * @param records that lie between
   */
  @Introspected
  public record LagView(String topic, int partitions, long records) {}

  /**
   * A limit of the rule engine. What goes beyond is not judged, and reported as a violation of kind
   * {@code engine_limit}.
   *
   * @param limit the setting of the validation job that holds it
   * @param of what there is no more of
   * @param reached how many went beyond, since the job was first started; null: not told yet
   */
  @Introspected
  public record LimitView(String limit, String of, @Nullable Long reached) {}
}
