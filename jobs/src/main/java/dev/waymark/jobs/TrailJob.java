package dev.waymark.jobs;

import dev.waymark.jobs.config.JobMain;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.trail.TrailConfig;
import dev.waymark.jobs.trail.TrailPorts;
import dev.waymark.jobs.trail.TrailTopology;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The trail: writes every event once and a row a run. Parallelism, checkpoints and restarts come
 * from Flink's configuration.
 */
public final class TrailJob {
  /** Name of the job, and its consumer group. */
  public static final String NAME = "waymark-trail";

  private TrailJob() {}

  public static void main(String[] args) throws Exception {
    JobMain.run(() -> run(new Settings(args, System.getenv())));
  }

  private static void run(Settings settings) throws Exception {
    TrailConfig config = TrailConfig.from(settings);
    settings.requireValid();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    TrailTopology.build(env, NAME, TrailPorts.of(NAME, config), config);
    env.execute(NAME);
  }
}
