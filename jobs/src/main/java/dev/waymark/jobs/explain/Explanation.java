package dev.waymark.jobs.explain;

import dev.waymark.jobs.backtest.BacktestRun;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.topology.JobTopology;
import dev.waymark.jobs.validation.RulesTopic;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One explanation from its row in the database to a job on the cluster. */
public final class Explanation {
  /** What every such job is called. */
  public static final String NAME = "waymark-explain";

  private Explanation() {}

  /** Throws with what is wrong with the settings. */
  public static void submit(Settings settings) throws Exception {
    ExplainConfig config = ExplainConfig.from(settings);
    settings.requireValid();
    StreamExecutionEnvironment env = BacktestRun.environment(new Configuration());
    build(env, config, RulesTopic.read(config.validation().job().kafka()).records());
    env.execute(NAME);
  }

  static void build(StreamExecutionEnvironment env, ExplainConfig config, List<RuleRecord> rules) {
    JobConfig job = config.validation().job();
    String id = config.id();
    JobTopology.sink(
        env.fromSource(
                new DataGeneratorSource<>(index -> id, 1, Types.STRING),
                WatermarkStrategy.noWatermarks(),
                OperatorIds.EXPLAIN_SOURCE,
                Types.STRING)
            .uid(OperatorIds.EXPLAIN_SOURCE),
        new ExplanationSink(
            job.database(),
            job.decode(),
            config.validation().engine().limits(),
            rules,
            config.maxEvents()),
        OperatorIds.EXPLAIN_TABLE);
  }
}
