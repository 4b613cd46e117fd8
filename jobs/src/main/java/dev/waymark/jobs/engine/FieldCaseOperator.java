package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Judges the rules whose cases are not runs: of an agent, a tenant, a user, a session or any
 * field's value. Keyed by {@link Forwarded#partitionKey}; duplicates are gone and actions known, as
 * {@link RunCaseOperator} sends what comes here.
 */
public final class FieldCaseOperator extends CaseOperator<Forwarded> {
  private transient Map<String, CaseEngine> enginesByKey;

  @SuppressWarnings("NullAway.Init") // filled by initializeState
  public FieldCaseOperator(List<RuleRecord> rulesReadBefore, EngineConfig engineConfig) {
    super(rulesReadBefore, engineConfig, false);
  }

  @Override
  void openEngines() {
    enginesByKey = new HashMap<>();
  }

  @Override
  CaseEngine engineOf(String key) {
    return engineFor(CaseKeys.fieldsOfPartitionKey(key));
  }

  private CaseEngine engineFor(String keyFields) {
    return enginesByKey.computeIfAbsent(keyFields, fields -> newEngine(CaseKeys.fields(fields)));
  }

  @Override
  Iterable<CaseEngine> engines() {
    return enginesByKey.values();
  }

  @Override
  RuleIndex rulesOf(CaseState aCase) {
    return engineFor(CaseKeys.name(aCase.keyFields)).rulesOf(aCase);
  }

  @Override
  CaseValue newValue() {
    return new CaseValue(new KeyCases(), null);
  }

  @Override
  public void processElement1(StreamRecord<Forwarded> element) throws Exception {
    Forwarded forwarded = element.getValue();
    String key = forwarded.partitionKey();
    if (hasRoom(key, forwarded.incoming().event(), caseKey(key))) {
      for (long settleMicros : book.settles()) {
        await(new Waiting(key, forwarded.incoming(), settleMicros));
      }
    }
  }

  @Override
  void judge(Waiting waiting) throws Exception {
    String key = waiting.key();
    CaseValue value = valueOf(key);
    Event event = waiting.incoming().event();
    CaseEngine engine = engineOf(key);
    engine.onEvent(value.cases, caseKey(key), event, waiting.isLate(), waiting.settleMicros());
    keep(key, value, engine.dueMicros(value.cases));
  }

  private static String caseKey(String partitionKey) {
    return partitionKey.substring(partitionKey.lastIndexOf('\0') + 1);
  }

  @Override
  long advance(String key, CaseValue value, long toMicros) {
    CaseEngine engine = engineOf(key);
    engine.advance(value.cases, toMicros);
    return engine.dueMicros(value.cases);
  }

  @Override
  boolean isForgettable(CaseValue value) {
    return value.cases.isEmpty();
  }
}
