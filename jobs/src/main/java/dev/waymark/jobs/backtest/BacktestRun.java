package dev.waymark.jobs.backtest;

import dev.waymark.jobs.config.Settings;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One backtest from its row in the database to a job on the cluster. */
public final class BacktestRun {
  /** What every such job is called. */
  public static final String NAME = "waymark-backtest";

  private BacktestRun() {}

  /** Throws with what is wrong with the settings, the row or its rules. */
  public static void submit(Settings settings) throws Exception {
    BacktestConfig config = BacktestConfig.from(settings);
    settings.requireValid();
    Backtest backtest = Backtest.load(config.validation().job().database(), config.id());
    StreamExecutionEnvironment env = environment(new Configuration());
    BacktestTopology.build(env, backtest, config);
    env.execute(NAME);
  }

  /** One instance, begun once: whoever wants the result of one that failed asks anew. */
  public static StreamExecutionEnvironment environment(Configuration configuration) {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.getCheckpointConfig().disableCheckpointing();
    env.setParallelism(1);
    return env;
  }
}
