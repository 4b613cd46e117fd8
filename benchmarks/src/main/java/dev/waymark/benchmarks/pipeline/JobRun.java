package dev.waymark.benchmarks.pipeline;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;

/**
 * A job on the stack's cluster, watched from its first record on by the TaskManager's own metrics.
 */
final class JobRun {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final double WARM_UP = 2 / 3.0;
  private static final String SOURCE = "events_source";
  private static final String EVENTS_SINK = "events_table";
  private static final String ALL = "";

  private final HttpClient http = HttpClient.newHttpClient();
  private final int metricsPort;
  private final JobClient job;
  private final String jobId;

  JobRun(LocalStack stack, JobClient job) {
    this.metricsPort = stack.taskManagerMetricsPort();
    this.job = job;
    this.jobId = job.getJobID().toString();
  }

  /**
   * What a job took once it was warm.
   *
   * @param count what it did meanwhile
   * @param seconds of the clock
   * @param cpuSeconds of the TaskManager's processor time
   */
  record Took(double count, double seconds, double cpuSeconds) {}

  /** How much a job has done. */
  interface Count {
    double in(TaskManagerMetrics metrics, String jobId);
  }

  /** Records that its source has read. */
  static double read(TaskManagerMetrics metrics, String jobId) {
    return metrics.ofOperator(TaskManagerMetrics.RECORDS_OUT, jobId, SOURCE).sum();
  }

  /** Rows that its events' sink has committed. */
  static double written(TaskManagerMetrics metrics, String jobId) {
    return metrics.ofOperator(TaskManagerMetrics.ROWS_SENT, jobId, EVENTS_SINK).sum();
  }

  /** Whether a job is done. */
  interface Done {
    boolean isSeenIn(TaskManagerMetrics metrics, String jobId);
  }

  /** Every record before this watermark, ms, has passed every operator. */
  static Done watermark(long ms) {
    return (metrics, jobId) ->
        metrics.ofOperator(TaskManagerMetrics.WATERMARK, jobId, ALL).min().orElse(0) >= ms;
  }

  /**
   * From the first look that sees two thirds done, by when most of the code is compiled, to the
   * first that sees the job done; cancels it.
   *
   * @param total what the count comes to
   */
  Took until(Done done, Count count, long total) throws Exception {
    try {
      TaskManagerMetrics first = await((metrics, id) -> count.in(metrics, id) >= total * WARM_UP);
      long began = System.nanoTime();
      TaskManagerMetrics last = await(done);
      return new Took(
          total - count.in(first, jobId),
          (System.nanoTime() - began) / 1e9,
          last.cpuSeconds() - first.cpuSeconds());
    } finally {
      cancel();
    }
  }

  private TaskManagerMetrics await(Done done) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      TaskManagerMetrics metrics = TaskManagerMetrics.read(http, metricsPort);
      if (done.isSeenIn(metrics, jobId)) {
        return metrics;
      }
      JobStatus status = job.getJobStatus().get();
      if (status.isTerminalState() || status == JobStatus.RESTARTING) {
        throw new IOException("the job is " + status + "; it should be running");
      }
      Thread.sleep(POLL.toMillis());
    }
    throw new IOException("the job is not done after " + PATIENCE);
  }

  private void cancel() throws Exception {
    job.cancel().get();
    while (!job.getJobStatus().get().isGloballyTerminalState()) {
      Thread.sleep(POLL.toMillis());
    }
  }
}
