package dev.waymark.jobs.backtest;

import dev.waymark.jobs.backtest.BacktestPart.Side;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.config.TimeMode;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.ports.EventTime;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.IncomingTypeInfoFactory;
import dev.waymark.jobs.topology.JobTopology;
import dev.waymark.jobs.validation.ValidationConfig;
import dev.waymark.jobs.validation.Verdicts;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One stream of stored events through two engines, the draft's and the live rules'. */
final class BacktestTopology {
  private static final TypeInformation<BacktestPart> PART = TypeInformation.of(BacktestPart.class);

  private BacktestTopology() {}

  static void build(StreamExecutionEnvironment env, Backtest backtest, BacktestConfig config) {
    ValidationConfig validation = config.validation();
    SingleOutputStreamOperator<Incoming> events =
        env.fromSource(
                backtest.events().source(validation.job().database(), validation.job().decode()),
                EventTime.strategy(sorted(validation.job().time())),
                OperatorIds.EVENTS_SOURCE,
                IncomingTypeInfoFactory.TYPE)
            .uid(OperatorIds.EVENTS_SOURCE);
    EngineConfig engine =
        new EngineConfig(
            validation.engine().limits(),
            validation.engine().matching(),
            validation.engine().cache(),
            validation.engine().horizonMicros(),
            backtest.events().lastMicros());
    DataStream<BacktestPart> progress =
        events
            .process(new CountRead(), PART)
            .name(OperatorIds.BACKTEST_PROGRESS)
            .uid(OperatorIds.BACKTEST_PROGRESS);
    Verdicts draft = verdicts(env, Side.DRAFT, events, backtest.draft(), engine);
    DataStream<BacktestPart> violations = violations(Side.DRAFT, draft);
    DataStream<BacktestPart> outcomes = outcomes(Side.DRAFT, draft);
    if (!backtest.live().isEmpty()) {
      Verdicts live = verdicts(env, Side.LIVE, events, backtest.live(), engine);
      violations = violations.union(violations(Side.LIVE, live));
      outcomes = outcomes.union(outcomes(Side.LIVE, live));
    }
    JobTopology.sink(
        compared(violations).union(outcomes, progress),
        new BacktestSink(
            validation.job().database(), BacktestSink.Task.of(backtest, config.maxViolations())),
        OperatorIds.BACKTEST_TABLE);
  }

  /** Stored events come sorted, so nothing is out of order. */
  private static TimeConfig sorted(TimeConfig time) {
    return new TimeConfig(TimeMode.LOG, 0, time.clockSkewMs(), time.horizonMs(), 0);
  }

  private static Verdicts verdicts(
      StreamExecutionEnvironment env,
      Side side,
      DataStream<Incoming> events,
      Backtest.Rules rules,
      EngineConfig engine) {
    List<RuleRecord> records = rules.records();
    return Verdicts.of(
        env,
        prefix(side),
        events,
        // A source cannot be empty; records that were read before change nothing.
        new DataGeneratorSource<>(
            index -> records.get(index.intValue()),
            records.size(),
            TypeInformation.of(RuleRecord.class)),
        records,
        engine);
  }

  private static DataStream<BacktestPart> violations(Side side, Verdicts verdicts) {
    String id = prefix(side) + OperatorIds.BACKTEST_VIOLATIONS;
    return verdicts
        .violations()
        .map(violation -> BacktestPart.of(side, violation))
        .returns(PART)
        .name(id)
        .uid(id);
  }

  private static DataStream<BacktestPart> outcomes(Side side, Verdicts verdicts) {
    String id = prefix(side) + OperatorIds.BACKTEST_OUTCOMES;
    return verdicts
        .outcomes()
        .map(outcome -> BacktestPart.of(side, outcome))
        .returns(PART)
        .name(id)
        .uid(id);
  }

  private static DataStream<BacktestPart> compared(DataStream<BacktestPart> violations) {
    return violations
        .keyBy(BacktestPart::key, Types.STRING)
        .process(new CompareViolations(), PART)
        .name(OperatorIds.BACKTEST_COMPARE)
        .uid(OperatorIds.BACKTEST_COMPARE);
  }

  private static String prefix(Side side) {
    return side.name().toLowerCase(Locale.ROOT) + "-";
  }
}
