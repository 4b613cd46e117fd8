package dev.waymark.jobs.validation;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.ports.EventTime;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.topology.CheckEvents;
import dev.waymark.jobs.topology.JobTopology;
import dev.waymark.schemas.violation.Violation;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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
    build(env, ports, time, engine, summary, ChecksConfig.OFF);
  }

  /** The same over events that are checked first. */
  public static void build(
      StreamExecutionEnvironment env,
      ValidationPorts ports,
      TimeConfig time,
      EngineConfig engine,
      SummaryConfig summary,
      ChecksConfig checks) {
    SingleOutputStreamOperator<Incoming> intake =
        JobTopology.intake(
            env, ports.job(), EventTime.alignedStrategy(time), time.outOfOrdernessMs());
    SingleOutputStreamOperator<Incoming> events =
        JobTopology.checked(intake, checks, CheckEvents::judging);
    Verdicts verdicts =
        Verdicts.of(env, "", events, ports.ruleChanges(), ports.rulesReadBefore(), engine);
    DataStream<Violation> violations =
        checks.isOn()
            ? verdicts.violations().union(JobTopology.findings(events, checks))
            : verdicts.violations();
    writeVerdicts(ports, verdicts, violations, summary);
    JobTopology.books(
        JOB,
        COUNTERS,
        intake.getSideOutput(Books.DELTAS).union(verdicts.books()),
        ports.job().books());
  }

  private static void writeVerdicts(
      ValidationPorts ports,
      Verdicts verdicts,
      DataStream<Violation> found,
      SummaryConfig summary) {
    DataStream<Violation> violations =
        found
            .keyBy(SummarizeViolations.key(summary), Types.STRING)
            .process(new SummarizeViolations(summary), TypeInformation.of(Violation.class))
            .name(OperatorIds.VIOLATIONS_SUMMARY)
            .uid(OperatorIds.VIOLATIONS_SUMMARY);
    JobTopology.sink(violations, ports.violationsTopic(), OperatorIds.VIOLATIONS_TOPIC);
    JobTopology.sink(violations, ports.violationsTable(), OperatorIds.VIOLATIONS_TABLE);
    JobTopology.sink(verdicts.statuses(), ports.ruleStatuses(), OperatorIds.RULES_TABLE);
    JobTopology.sink(
        verdicts
            .outcomes()
            .keyBy(SumOutcomes::key, Types.STRING)
            .process(new SumOutcomes(), TypeInformation.of(OutcomeRow.class))
            .name(OperatorIds.OUTCOMES_SUM)
            .uid(OperatorIds.OUTCOMES_SUM),
        ports.outcomes(),
        OperatorIds.OUTCOMES_TABLE);
  }
}
