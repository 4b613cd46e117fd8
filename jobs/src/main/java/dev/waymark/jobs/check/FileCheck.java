package dev.waymark.jobs.check;

import dev.waymark.jobs.config.CacheConfig;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.config.TimeMode;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.Matching;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.ports.IncomingTypeInfoFactory;
import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.jobs.validation.OutcomeRow;
import dev.waymark.jobs.validation.SummaryConfig;
import dev.waymark.jobs.validation.ValidationPorts;
import dev.waymark.jobs.validation.ValidationTopology;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.violation.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs the validation topology over a finished log.
 *
 * @param violations in order of time
 * @param outcomes by rule id, of all tenants together
 */
record FileCheck(List<Violation> violations, Map<String, OutcomeRow> outcomes) {
  private static final long WATERMARK_EVERY_MS = 5;
  private static final long FOR_EVER_MS = Long.MAX_VALUE / 4_000;

  /** All rules are in force from the beginning. Throws what the job throws. */
  static FileCheck run(List<Rule> rules, FinishedLog log) throws Exception {
    List<Violation> violations = new ArrayList<>();
    Map<List<String>, OutcomeRow> latest = new HashMap<>();
    ValidationPorts ports =
        new ValidationPorts(
            new JobPorts(
                InMemory.source(log.records(), IncomingTypeInfoFactory.TYPE),
                InMemory.sink(letter -> {}),
                InMemory.sink(letter -> {}),
                InMemory.sink(row -> {})),
            records(rules),
            // A source cannot be empty; records that were read before change nothing.
            InMemory.source(records(rules), TypeInformation.of(RuleRecord.class)),
            InMemory.sink(violations::add),
            InMemory.sink(violation -> {}),
            InMemory.<OutcomeRow>sink(row -> latest.put(List.of(row.tenant(), row.ruleId()), row)),
            InMemory.sink(status -> {}));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
    EngineConfig engine =
        new EngineConfig(
            EngineLimits.DEFAULT.ofFinishedInput(),
            Matching.AUTO,
            new CacheConfig(1L << 30),
            FOR_EVER_MS * 1_000,
            log.endMicros());
    ValidationTopology.build(
        env,
        ports,
        new TimeConfig(TimeMode.LOG, 0, FOR_EVER_MS, FOR_EVER_MS, 0),
        engine,
        SummaryConfig.NO_LIMIT);
    env.execute("waymark check");
    violations.sort(
        Comparator.comparingLong(Violation::timeMicros)
            .thenComparing(Violation::ruleId)
            .thenComparing(Violation::violationId));
    Map<String, OutcomeRow> outcomes = new TreeMap<>();
    latest.values().forEach(row -> outcomes.merge(row.ruleId(), row, OutcomeRow::plus));
    return new FileCheck(violations, outcomes);
  }

  private static List<RuleRecord> records(List<Rule> rules) {
    List<RuleRecord> records = new ArrayList<>();
    for (Rule rule : rules) {
      records.add(
          new RuleRecord(records.size(), RuleChange.of(rule, 1, RuleChange.BEGINNING).encode()));
    }
    return records;
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(
        PipelineOptions.AUTO_WATERMARK_INTERVAL, java.time.Duration.ofMillis(WATERMARK_EVERY_MS));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    configuration.set(RestOptions.BIND_PORT, "0");
    return configuration;
  }
}
