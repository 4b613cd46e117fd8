package dev.waymark.jobs.engine;

import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Problem;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of the rules topic into a rule book, each once, in the order of their offsets,
 * and keeps them in state: after a restart the topic is read on from where it stood.
 */
final class RuleInput {
  static final MapStateDescriptor<Long, String> STATE =
      new MapStateDescriptor<>("rule-records", Types.LONG, Types.STRING);

  private final RuleBook book;
  private final BroadcastState<Long, String> state;
  private final Consumer<RuleStatus> statuses;
  private final Map<String, RuleStatus> latest = new HashMap<>();

  RuleInput(RuleBook book, BroadcastState<Long, String> state, Consumer<RuleStatus> statuses) {
    this.book = book;
    this.state = state;
    this.statuses = statuses;
  }

  /** Takes what was read before the job was built together with what a checkpoint remembers. */
  void begin(List<RuleRecord> readBefore) throws Exception {
    Map<Long, String> records = new TreeMap<>();
    state.entries().forEach(entry -> records.put(entry.getKey(), entry.getValue()));
    readBefore.forEach(record -> records.put(record.offset(), record.json()));
    for (Map.Entry<Long, String> record : records.entrySet()) {
      state.put(record.getKey(), record.getValue());
      take(new RuleRecord(record.getKey(), record.getValue()));
    }
  }

  void onRecord(RuleRecord record) throws Exception {
    if (!state.contains(record.offset())) {
      state.put(record.offset(), record.json());
      take(record);
    }
  }

  private void take(RuleRecord record) {
    RuleChange change;
    try {
      change = RuleChange.decode(record.json());
    } catch (IllegalArgumentException e) {
      reject(
          "offset-" + record.offset(), record, 0, 0, "{}", List.of(String.valueOf(e.getMessage())));
      return;
    }
    try {
      book.add(change, record.offset());
      tell(record, change);
    } catch (InvalidRulesException e) {
      List<String> problems = e.problems().stream().map(Problem::toString).toList();
      String definition = change.definition() == null ? "{}" : change.definition();
      reject(
          change.ruleId(),
          record,
          change.number(),
          change.effectiveAtMicros(),
          definition,
          problems);
    }
  }

  private void tell(RuleRecord record, RuleChange change) {
    RuleStatus former = latest.get(change.ruleId());
    if (change.definition() == null) {
      if (former != null) {
        publish(withState(former, "deleted", record.offset()));
      }
      return;
    }
    if (former != null && !former.ruleVersion().equals(change.version())) {
      statuses.accept(withState(former, "superseded", record.offset()));
    }
    publish(status(record, change, parsed(change.definition())));
  }

  private void publish(RuleStatus status) {
    latest.put(status.ruleId(), status);
    statuses.accept(status);
  }

  private static Rule parsed(String definition) {
    try {
      return RuleParser.parseRule(definition);
    } catch (InvalidRulesException e) {
      throw new IllegalStateException("the book took a rule that is none", e);
    }
  }

  private static RuleStatus status(RuleRecord record, RuleChange change, Rule rule) {
    return new RuleStatus(
        change.ruleId(),
        change.version(),
        change.number(),
        rule.mode().code(),
        rule.kind().code(),
        rule.template().code(),
        rule.severity().name(),
        String.valueOf(change.definition()),
        change.effectiveAtMicros(),
        List.of(),
        record.offset());
  }

  private void reject(
      String ruleId,
      RuleRecord record,
      int number,
      long effectiveAtMicros,
      @Nullable String definition,
      List<String> problems) {
    statuses.accept(
        new RuleStatus(
            ruleId,
            "rejected-" + record.offset(),
            number,
            "rejected",
            "",
            "",
            "",
            String.valueOf(definition),
            effectiveAtMicros,
            problems,
            record.offset()));
  }

  private static RuleStatus withState(RuleStatus status, String state, long revision) {
    return new RuleStatus(
        status.ruleId(),
        status.ruleVersion(),
        status.number(),
        state,
        status.kind(),
        status.template(),
        status.severity(),
        status.definition(),
        status.effectiveAtMicros(),
        status.problems(),
        revision);
  }
}
