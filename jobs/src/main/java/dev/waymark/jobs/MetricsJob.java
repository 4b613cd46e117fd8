package dev.waymark.jobs;

import dev.waymark.jobs.config.JobMain;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.metrics.MetricsConfig;
import dev.waymark.jobs.metrics.MetricsPorts;
import dev.waymark.jobs.metrics.MetricsTopology;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The metrics: events, errors, tokens, cost and latency a minute, an hour and a day. Parallelism,
 * checkpoints and restarts come from Flink's configuration.
 */
public final class MetricsJob {
  /** Name of the job, and its consumer group. */
  public static final String NAME = "waymark-metrics";

  private MetricsJob() {}

  public static void main(String[] args) throws Exception {
    JobMain.run(() -> run(new Settings(args, System.getenv())));
  }

  private static void run(Settings settings) throws Exception {
    MetricsConfig config = MetricsConfig.from(settings);
    settings.requireValid();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    MetricsTopology.build(env, NAME, MetricsPorts.of(NAME, config), config);
    env.execute(NAME);
  }
}
