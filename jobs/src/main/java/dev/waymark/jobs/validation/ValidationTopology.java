package dev.waymark.jobs.validation;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.engine.DecideProfileCases;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.engine.FieldCaseOperator;
import dev.waymark.jobs.engine.Forwarded;
import dev.waymark.jobs.engine.OutcomeDelta;
import dev.waymark.jobs.engine.ProfileCase;
import dev.waymark.jobs.engine.ProfileOperator;
import dev.waymark.jobs.engine.RuleOutputs;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.engine.RunCaseOperator;
import dev.waymark.jobs.engine.WaitingGap;
import dev.waymark.jobs.ports.EventTime;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.topology.JobTopology;
import dev.waymark.schemas.violation.Violation;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
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
 * Events and rules to violations. Rules whose cases are runs are judged where the run's events
 * meet; for all others events are handed on to where their key's events meet.
 */
public final class ValidationTopology {
  /** The job's name, and its consumer group. */
  public static final String JOB = "waymark-validation";

  private static final Set<BookCounter> COUNTERS =
      EnumSet.of(
          BookCounter.READ,
          BookCounter.ACCEPTED,
          BookCounter.DUPLICATES,
          BookCounter.CONFLICTS,
          BookCounter.DEAD_LETTERS,
          BookCounter.CONTROL,
          BookCounter.JUDGED,
          BookCounter.LATE,
          BookCounter.LATE_WITHOUT_CASE,
          BookCounter.CONDITIONS_FAILED,
          BookCounter.WAITING,
          BookCounter.NOT_JUDGED,
          BookCounter.WAITING_BEYOND_LIMIT,
          BookCounter.CASES_BEYOND_LIMIT,
          BookCounter.PARTIAL_MATCHES_BEYOND_LIMIT,
          BookCounter.CLOCK_SKEW);

  private ValidationTopology() {}

  public static void build(
      StreamExecutionEnvironment env,
      ValidationPorts ports,
      TimeConfig time,
      EngineConfig engine,
      SummaryConfig summary) {
    DataStream<RuleRecord> rules = rules(env, ports);
    SingleOutputStreamOperator<Incoming> events =
        JobTopology.intake(
            env, ports.job(), EventTime.alignedStrategy(time), time.outOfOrdernessMs());
    Judged runs =
        judged(
            env,
            OperatorIds.RUN_CASES,
            events.keyBy(Incoming::runKey, Types.STRING),
            rules,
            new RunCaseOperator(ports.rulesReadBefore(), engine));
    Judged fields =
        judged(
            env,
            OperatorIds.FIELD_CASES,
            runs.side(RunCaseOperator.FORWARDED).keyBy(Forwarded::partitionKey, Types.STRING),
            rules,
            new FieldCaseOperator(ports.rulesReadBefore(), engine));
    SingleOutputStreamOperator<Violation> profiles = profiles(runs, fields, engine);
    writeVerdicts(ports, summary, runs, fields, profiles);
    JobTopology.books(
        JOB,
        COUNTERS,
        events
            .getSideOutput(Books.DELTAS)
            .union(runs.side(Books.DELTAS), fields.side(Books.DELTAS)),
        ports.job().books());
  }

  /** Gaps are judged by those of all cases, so they leave their case and come together anew. */
  private static SingleOutputStreamOperator<Violation> profiles(
      Judged runs, Judged fields, EngineConfig engine) {
    return runs.side(RuleOutputs.GAPS)
        .union(fields.side(RuleOutputs.GAPS))
        .keyBy(WaitingGap::partitionKey, Types.STRING)
        .transform(
            OperatorIds.PROFILES, TypeInformation.of(Violation.class), new ProfileOperator(engine))
        .uid(OperatorIds.PROFILES);
  }

  private static DataStream<OutcomeDelta> profileOutcomes(
      Judged runs, Judged fields, SingleOutputStreamOperator<Violation> profiles) {
    return profiles
        .getSideOutput(RuleOutputs.PROFILE_CASES)
        .union(runs.side(RuleOutputs.PROFILE_CASES), fields.side(RuleOutputs.PROFILE_CASES))
        .keyBy(ProfileCase::partitionKey, Types.STRING)
        .process(new DecideProfileCases(), TypeInformation.of(OutcomeDelta.class))
        .name(OperatorIds.PROFILE_CASES)
        .uid(OperatorIds.PROFILE_CASES);
  }

  private static void writeVerdicts(
      ValidationPorts ports,
      SummaryConfig summary,
      Judged runs,
      Judged fields,
      SingleOutputStreamOperator<Violation> profiles) {
    DataStream<Violation> violations =
        runs.violations()
            .union(fields.violations(), profiles)
            .keyBy(SummarizeViolations.key(summary), Types.STRING)
            .process(new SummarizeViolations(summary), TypeInformation.of(Violation.class))
            .name(OperatorIds.VIOLATIONS_SUMMARY)
            .uid(OperatorIds.VIOLATIONS_SUMMARY);
    JobTopology.sink(violations, ports.violationsTopic(), OperatorIds.VIOLATIONS_TOPIC);
    JobTopology.sink(violations, ports.violationsTable(), OperatorIds.VIOLATIONS_TABLE);
    JobTopology.sink(
        runs.side(RuleOutputs.STATUSES), ports.ruleStatuses(), OperatorIds.RULES_TABLE);
    DataStream<OutcomeDelta> outcomes =
        runs.side(RuleOutputs.OUTCOMES)
            .union(fields.side(RuleOutputs.OUTCOMES), profileOutcomes(runs, fields, profiles));
    JobTopology.sink(
        outcomes
            .keyBy(SumOutcomes::key, Types.STRING)
            .process(new SumOutcomes(), TypeInformation.of(OutcomeRow.class))
            .name(OperatorIds.OUTCOMES_SUM)
            .uid(OperatorIds.OUTCOMES_SUM),
        ports.outcomes(),
        OperatorIds.OUTCOMES_TABLE);
  }

  /** Rules never hold time back: their source is at the end of time at once. */
  private static DataStream<RuleRecord> rules(
      StreamExecutionEnvironment env, ValidationPorts ports) {
    return env.fromSource(
            ports.ruleChanges(),
            WatermarkStrategy.forGenerator(context -> new EndOfTime()),
            OperatorIds.RULES_SOURCE,
            TypeInformation.of(RuleRecord.class))
        .uid(OperatorIds.RULES_SOURCE)
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
