package dev.waymark.jobs.engine;

import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.violation.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Judges a finished log with the engine alone, without Flink: what the operators do, in one loop.
 */
final class EngineRun implements Findings {
  final List<Violation> violations = new ArrayList<>();
  final Map<String, OutcomeDelta> outcomes = new LinkedHashMap<>();

  private final RuleBook book;
  private final Map<String, CaseEngine> engines = new HashMap<>();
  private final Map<String, KeyCases> cases = new LinkedHashMap<>();
  private final Map<String, ActionJoin> joins = new HashMap<>();
  private final Map<String, Profile> profiles = new HashMap<>();
  private final Set<String> brokenProfileCases = new HashSet<>();
  private final List<ProfileCase> endedProfileCases = new ArrayList<>();
  private final boolean restoring;

  /**
   * @param restoring whether every case is written and read back after every event
   */
  private EngineRun(boolean restoring, Matching matching) {
    this.restoring = restoring;
    this.book = new RuleBook(matching, failed -> {});
  }

  static EngineRun of(List<Rule> rules, List<? extends Decoded> records) throws Exception {
    return of(rules, records, false);
  }

  static EngineRun of(List<Rule> rules, List<? extends Decoded> records, boolean restoring)
      throws Exception {
    return of(rules, records, restoring, Matching.AUTO);
  }

  static EngineRun of(
      List<Rule> rules, List<? extends Decoded> records, boolean restoring, Matching matching)
      throws Exception {
    EngineRun run = new EngineRun(restoring, matching);
    run.judge(rules, records);
    return run;
  }

  private void judge(List<Rule> rules, List<? extends Decoded> records) throws Exception {
    add(rules);
    PriorityQueue<Waiting> queue = new PriorityQueue<>(Waiting.inTurn());
    long last = Long.MIN_VALUE;
    for (int i = 0; i < records.size(); i++) {
      Incoming incoming = new Incoming(records.get(i), null, 0, i, 0, false, Incoming.NO_TIME);
      for (long settleMicros : book.settles()) {
        queue.add(new Waiting(incoming.runKey(), incoming, settleMicros));
      }
      last = records.get(i) instanceof Event event ? Math.max(last, event.timeMicros()) : last;
    }
    while (!queue.isEmpty()) {
      judge(queue.poll());
    }
    for (Map.Entry<String, KeyCases> open : cases.entrySet()) {
      engine(open.getKey()).onEndOfInput(open.getValue(), last);
    }
    engines.values().forEach(engine -> engine.drainOutcomes(this::add));
    for (ProfileCase ended : endedProfileCases) {
      if (!brokenProfileCases.contains(ended.partitionKey())) {
        add(decided(ended, 1, 0, 0));
      }
    }
  }

  private void add(List<Rule> rules) throws InvalidRulesException {
    long offset = 0;
    for (Rule rule : rules) {
      book.add(RuleChange.of(rule, 1, Long.MIN_VALUE + 1), offset++);
    }
  }

  private void add(OutcomeDelta delta) {
    outcomes.merge(
        delta.tenant() + "/" + delta.ruleId(),
        delta,
        (a, b) ->
            new OutcomeDelta(
                a.tenant(),
                a.ruleId(),
                a.ruleVersion(),
                a.cases() + b.cases(),
                a.activations() + b.activations(),
                a.held() + b.held(),
                a.vacuous() + b.vacuous(),
                a.broken() + b.broken(),
                a.violations() + b.violations()));
  }

  @Override
  public void violation(Violation violation, long foundMicros) {
    violations.add(violation);
  }

  /** Here they come in turn. */
  @Override
  public void gap(Gap gap) {
    String key = new WaitingGap(0, false, gap).partitionKey();
    Profile profile = profiles.getOrDefault(key, Profile.NEW);
    profile
        .judge(gap)
        .ifPresent(
            found -> {
              if (gap.isReported()) {
                violations.add(found);
              }
              ProfileCase broken = ProfileCase.broken(found);
              boolean isFirst = brokenProfileCases.add(broken.partitionKey());
              add(decided(broken, 0, isFirst ? 1 : 0, 1));
            });
    profiles.put(key, profile.plus(gap, 0));
  }

  @Override
  public void profileCase(ProfileCase news) {
    endedProfileCases.add(news);
  }

  private static OutcomeDelta decided(ProfileCase aCase, long held, long broken, long violations) {
    return new OutcomeDelta(
        aCase.tenant(), aCase.ruleId(), aCase.ruleVersion(), 0, 0, held, 0, broken, violations);
  }

  private void judge(Waiting waiting) throws Exception {
    if (waiting.incoming().decoded() instanceof Finalize end) {
      String key = CaseKeys.partitionKey("run", end.tenant(), end.runId());
      engine(key).onFinalize(of(key), end.timeMicros(), waiting.settleMicros());
      return;
    }
    Event event =
        joins
            .computeIfAbsent(waiting.key(), run -> new ActionJoin())
            .join(waiting.incoming().event());
    for (List<String> keyFields : book.keys()) {
      String value = CaseKeys.of(keyFields, event);
      if (value != null) {
        String key = CaseKeys.partitionKey(CaseKeys.name(keyFields), event.tenant(), value);
        engine(key).onEvent(of(key), value, event, false, waiting.settleMicros());
        if (restoring) {
          cases.put(key, writtenAndRead(of(key), engine(key)));
        }
      }
    }
  }

  private static KeyCases writtenAndRead(KeyCases open, CaseEngine engine) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(256);
    engine.dueMicros(open);
    StateCodec.write(open, out);
    return StateCodec.read(new DataInputDeserializer(out.getCopyOfBuffer()), engine::rulesOf);
  }

  private KeyCases of(String key) {
    return cases.computeIfAbsent(key, k -> new KeyCases());
  }

  private CaseEngine engine(String key) {
    List<String> fields = CaseKeys.fields(CaseKeys.fieldsOfPartitionKey(key));
    return engines.computeIfAbsent(
        CaseKeys.name(fields), name -> new CaseEngine(fields, book, EngineLimits.DEFAULT, this));
  }
}
