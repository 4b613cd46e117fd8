package dev.waymark.jobs.validation;

import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.engine.RuleStatus;
import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.jobs.ports.KafkaPorts;
import dev.waymark.jobs.store.StorePorts;
import dev.waymark.schemas.violation.Violation;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * What the validation job reads and writes. Production: {@link #of}; finished files and tests put
 * their own in.
 *
 * @param rulesReadBefore the rules known before any event is judged
 * @param ruleChanges those that come while it runs
 */
public record ValidationPorts(
    JobPorts job,
    List<RuleRecord> rulesReadBefore,
    Source<RuleRecord, ?, ?> ruleChanges,
    Sink<Violation> violationsTopic,
    Sink<Violation> violationsTable,
    Sink<OutcomeRow> outcomes,
    Sink<RuleStatus> ruleStatuses) {

  /** Kafka and the database. */
  public static ValidationPorts of(ValidationConfig config, RulesTopic rules) {
    return new ValidationPorts(
        StorePorts.of(ValidationTopology.JOB, config.job(), config.checks()),
        rules.records(),
        rules.changes(config.job().kafka()),
        ViolationRecords.sink(
            config.job().kafka().bootstrapServers(), KafkaPorts.producerProperties()),
        StorePorts.sink(config.job(), new ViolationTable()),
        StorePorts.sink(config.job(), new OutcomeTable()),
        StorePorts.sink(config.job(), new RuleTable()));
  }
}
