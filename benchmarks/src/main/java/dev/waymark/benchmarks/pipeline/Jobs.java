package dev.waymark.benchmarks.pipeline;

import dev.waymark.jobs.MetricsJob;
import dev.waymark.jobs.TrailJob;
import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.DatabaseConfig;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.metrics.MetricsConfig;
import dev.waymark.jobs.metrics.MetricsPorts;
import dev.waymark.jobs.metrics.MetricsTopology;
import dev.waymark.jobs.ports.EventTime;
import dev.waymark.jobs.ports.IncomingTypeInfoFactory;
import dev.waymark.jobs.ports.KafkaPorts;
import dev.waymark.jobs.trail.TrailConfig;
import dev.waymark.jobs.trail.TrailPorts;
import dev.waymark.jobs.trail.TrailTopology;
import dev.waymark.jobs.validation.RulesTopic;
import dev.waymark.jobs.validation.ValidationConfig;
import dev.waymark.jobs.validation.ValidationPorts;
import dev.waymark.jobs.validation.ValidationTopology;
import dev.waymark.schemas.metric.PriceTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The jobs as their mains build them, from the job jar, on a stack's cluster, from the begin of its
 * topic.
 */
final class Jobs {
  private static final String PASS_THROUGH = "waymark-pass-through";
  private static final String SOURCE = "events-source";
  private static final long POLL_MS = 50;

  /** All that the jobs write: a row that is there already is written otherwise than a new one. */
  private static final String EMPTY_TABLES =
      "TRUNCATE events, runs, conflicts, dead_letters, violations, rule_outcomes, metrics_1m,"
          + " metrics_1h, metrics_1d, job_books";

  private final Path jar;
  private final LocalStack stack;
  private final String[] arguments;

  /** One of the jobs. */
  interface Start {
    JobRun start(Jobs jobs, int parallelism) throws Exception;
  }

  Jobs(Path home, LocalStack stack) throws IOException {
    this.jar = home.resolve("jobs/target/waymark-jobs.jar");
    this.stack = stack;
    this.arguments =
        new String[] {
          "--kafka.bootstrap-servers", stack.kafka(),
          "--db.url", stack.address("WAYMARK_DB_URL"),
          "--db.user", stack.address("WAYMARK_DB_USER"),
          "--prices.file", stack.address("WAYMARK_PRICES_FILE"),
          "--time", "log"
        };
  }

  /** Decodes, tells event time, and counts: no job can be faster. */
  JobRun passThrough(int parallelism) throws Exception {
    StreamExecutionEnvironment env = environment(parallelism);
    env.fromSource(
            KafkaPorts.events(PASS_THROUGH, config(), ChecksConfig.OFF),
            EventTime.strategy(config().time()),
            SOURCE,
            IncomingTypeInfoFactory.TYPE)
        .uid(SOURCE)
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    return start(env, PASS_THROUGH);
  }

  JobRun trail(int parallelism) throws Exception {
    StreamExecutionEnvironment env = environment(parallelism);
    TrailConfig config = TrailConfig.from(settings());
    TrailTopology.build(env, TrailJob.NAME, TrailPorts.of(TrailJob.NAME, config), config);
    return start(env, TrailJob.NAME);
  }

  JobRun validation(int parallelism) throws Exception {
    StreamExecutionEnvironment env = environment(parallelism);
    ValidationConfig config = ValidationConfig.from(settings());
    ValidationPorts ports = ValidationPorts.of(config, RulesTopic.read(config.job().kafka()));
    ValidationTopology.build(env, ports, config.job().time(), config.engine(), config.summary());
    return start(env, ValidationTopology.JOB);
  }

  JobRun metrics(int parallelism) throws Exception {
    StreamExecutionEnvironment env = environment(parallelism);
    MetricsConfig config = MetricsConfig.from(settings());
    MetricsTopology.build(env, MetricsJob.NAME, MetricsPorts.of(MetricsJob.NAME, config), config);
    return start(env, MetricsJob.NAME);
  }

  /** What all jobs are told. */
  JobConfig config() {
    return JobConfig.from(settings());
  }

  PriceTable prices() {
    return TrailConfig.from(settings()).prices().parse();
  }

  /** Frees the slots of those that the stack has started. */
  void cancelAll() throws Exception {
    try (RestClusterClient<String> cluster = new RestClusterClient<>(clusterConfig(), "stack")) {
      for (JobStatusMessage job : cluster.listJobs().get()) {
        cluster.cancel(job.getJobId()).get();
      }
      while (cluster.listJobs().get().stream()
          .anyMatch(job -> !job.getJobState().isGloballyTerminalState())) {
        Thread.sleep(POLL_MS);
      }
    }
  }

  void emptyTables() throws SQLException {
    DatabaseConfig database = config().database();
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(EMPTY_TABLES);
      // Else it would fall into somebody's run.
      statement.execute("CHECKPOINT");
    }
  }

  private Settings settings() {
    return new Settings(arguments, Map.of());
  }

  private StreamExecutionEnvironment environment(int parallelism) throws IOException {
    Configuration config = clusterConfig();
    return StreamExecutionEnvironment.createRemoteEnvironment(
            config.get(RestOptions.ADDRESS), config.get(RestOptions.PORT), config, jar.toString())
        .setParallelism(parallelism);
  }

  private Configuration clusterConfig() throws IOException {
    URI flink = URI.create(stack.address("WAYMARK_FLINK_URL"));
    return GlobalConfiguration.loadConfiguration(stack.flinkConf().toString())
        .set(RestOptions.ADDRESS, flink.getHost())
        .set(RestOptions.PORT, flink.getPort());
  }

  private JobRun start(StreamExecutionEnvironment env, String name) throws Exception {
    return new JobRun(stack, env.executeAsync(name));
  }
}
