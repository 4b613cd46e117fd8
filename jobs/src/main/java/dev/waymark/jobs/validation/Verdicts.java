package dev.waymark.jobs.validation;

import dev.waymark.jobs.books.BookDelta;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.engine.DecideProfileCases;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.engine.FieldCaseOperator;
import dev.waymark.jobs.engine.Forwarded;
import dev.waymark.jobs.engine.OutcomeDelta;
import dev.waymark.jobs.engine.ProfileCase;
import dev.waymark.jobs.engine.ProfileOperator;
import dev.waymark.jobs.engine.RuleOutputs;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.engine.RuleStatus;
import dev.waymark.jobs.engine.RunCaseOperator;
import dev.waymark.jobs.engine.WaitingGap;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.violation.Violation;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.util.OutputTag;

/**
 * The engine in a job, and what comes out of it. Rules whose cases are runs are judged where the
 * run's events meet; for all others events are handed on to where their key's events meet.
 */
public record Verdicts(
    DataStream<Violation> violations,
    DataStream<OutcomeDelta> outcomes,
    DataStream<RuleStatus> statuses,
    DataStream<BookDelta> books) {

  /**
   * Adds the engine's operators to a job.
   *
   * @param prefix of their uids, which tells several engines of one job apart
   * @param rulesReadBefore the rules known before any event is judged
   */
  public static Verdicts of(
      StreamExecutionEnvironment env,
      String prefix,
      DataStream<Incoming> events,
      Source<RuleRecord, ?, ?> ruleChanges,
      List<RuleRecord> rulesReadBefore,
      EngineConfig engine) {
    DataStream<RuleRecord> rules = broadcast(env, ruleChanges, prefix + OperatorIds.RULES_SOURCE);
    Judged runs =
        judged(
            env,
            prefix + OperatorIds.RUN_CASES,
            events.keyBy(Incoming::runKey, Types.STRING),
            rules,
            new RunCaseOperator(rulesReadBefore, engine));
    Judged fields =
        judged(
            env,
            prefix + OperatorIds.FIELD_CASES,
            runs.side(RunCaseOperator.FORWARDED).keyBy(Forwarded::partitionKey, Types.STRING),
            rules,
            new FieldCaseOperator(rulesReadBefore, engine));
    SingleOutputStreamOperator<Violation> profiles =
        profiles(prefix + OperatorIds.PROFILES, runs, fields, engine);
    return new Verdicts(
        runs.violations().union(fields.violations(), profiles),
        runs.side(RuleOutputs.OUTCOMES)
            .union(
                fields.side(RuleOutputs.OUTCOMES),
                profileOutcomes(prefix + OperatorIds.PROFILE_CASES, runs, fields, profiles)),
        runs.side(RuleOutputs.STATUSES),
        runs.side(Books.DELTAS).union(fields.side(Books.DELTAS)));
  }

  /** Gaps are judged by those of all cases, so they leave their case and come together anew. */
  private static SingleOutputStreamOperator<Violation> profiles(
      String id, Judged runs, Judged fields, EngineConfig engine) {
    return runs.side(RuleOutputs.GAPS)
        .union(fields.side(RuleOutputs.GAPS))
        .keyBy(WaitingGap::partitionKey, Types.STRING)
        .transform(id, TypeInformation.of(Violation.class), new ProfileOperator(engine))
        .uid(id);
  }

  private static DataStream<OutcomeDelta> profileOutcomes(
      String id, Judged runs, Judged fields, SingleOutputStreamOperator<Violation> profiles) {
    return profiles
        .getSideOutput(RuleOutputs.PROFILE_CASES)
        .union(runs.side(RuleOutputs.PROFILE_CASES), fields.side(RuleOutputs.PROFILE_CASES))
        .keyBy(ProfileCase::partitionKey, Types.STRING)
        .process(new DecideProfileCases(), TypeInformation.of(OutcomeDelta.class))
        .name(id)
        .uid(id);
  }

  /** Rules never hold time back: their source is at the end of time at once. */
  private static DataStream<RuleRecord> broadcast(
      StreamExecutionEnvironment env, Source<RuleRecord, ?, ?> changes, String id) {
    return env.fromSource(
            changes,
            WatermarkStrategy.forGenerator(context -> new EndOfTime()),
            id,
            TypeInformation.of(RuleRecord.class))
        .uid(id)
        .setParallelism(1)
        .broadcast();
  }

  private static final class EndOfTime implements WatermarkGenerator<RuleRecord> {
    @Override
    public void onEvent(RuleRecord record, long timeMs, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }

  /**
   * An engine operator's outputs. Flink's own connect does not take one keyed and one plain input.
   */
  private record Judged(
      StreamExecutionEnvironment env, TwoInputTransformation<?, RuleRecord, Violation> operator) {

    DataStream<Violation> violations() {
      return new DataStream<>(env, operator);
    }

    <T> DataStream<T> side(OutputTag<T> tag) {
      return new DataStream<>(env, new SideOutputTransformation<>(operator, tag));
    }
  }

  private static <T> Judged judged(
      StreamExecutionEnvironment env,
      String id,
      KeyedStream<T, String> events,
      DataStream<RuleRecord> rules,
      TwoInputStreamOperator<T, RuleRecord, Violation> operator) {
    TwoInputTransformation<T, RuleRecord, Violation> transformation =
        new TwoInputTransformation<>(
            events.getTransformation(),
            rules.getTransformation(),
            id,
            SimpleOperatorFactory.of(operator),
            TypeInformation.of(Violation.class),
            env.getParallelism(),
            false);
    transformation.setUid(id);
    transformation.setStateKeySelectors(events.getKeySelector(), null);
    transformation.setStateKeyType(Types.STRING);
    env.addOperator(transformation);
    return new Judged(env, transformation);
  }
}
