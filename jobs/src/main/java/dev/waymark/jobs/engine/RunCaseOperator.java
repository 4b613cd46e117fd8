package dev.waymark.jobs.engine;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.rule.Rule;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Judges the rules whose cases are runs, and prepares events for those of other keys: drops
 * duplicates, tells responses the action they answer, and hands events on in order at {@link
 * #FORWARDED}. Keyed by tenant and run.
 */
public final class RunCaseOperator extends CaseOperator<Incoming> {
  /** Events for the rules of other keys, one a key that they have. */
  public static final OutputTag<Forwarded> FORWARDED =
      new OutputTag<>("forwarded", TypeInformation.of(Forwarded.class));

  private transient CaseEngine engine;
  private transient MapState<Fingerprint, Fingerprint> overflow;

  @SuppressWarnings("NullAway.Init") // filled by initializeState
  public RunCaseOperator(List<RuleRecord> rulesReadBefore, EngineConfig engineConfig) {
    super(rulesReadBefore, engineConfig, true);
  }

  @Override
  void openEngines() {
    engine = newEngine(Rule.RUN_KEY);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    overflow = context.getKeyedStateStore().getMapState(RunIdentities.overflowDescriptor());
    super.initializeState(context);
  }

  @Override
  RuleIndex rulesOf(CaseState aCase) {
    return engine.rulesOf(aCase);
  }

  @Override
  CaseEngine engineOf(String key) {
    return engine;
  }

  @Override
  Iterable<CaseEngine> engines() {
    return List.of(engine);
  }

  @Override
  CaseValue newValue() {
    return new CaseValue(new KeyCases(), new RunMemory(new RunIdentities()));
  }

  @Override
  public void processElement1(StreamRecord<Incoming> element) throws Exception {
    Incoming incoming = element.getValue();
    String key = (String) getCurrentKey();
    if (incoming.decoded() instanceof Event event && !mayWait(key, event, incoming)) {
      return;
    }
    for (long settleMicros : book.settles()) {
      await(new Waiting(key, incoming, settleMicros));
    }
    if (incoming.decoded() instanceof Event) {
      books.count(BookCounter.WAITING);
    }
  }

  private boolean mayWait(String key, Event event, Incoming incoming) throws Exception {
    if (!isNew(key, event, incoming)) {
      return false;
    }
    boolean hasRoom = hasRoom(key, event, event.runId());
    if (!hasRoom) {
      books.count(BookCounter.NOT_JUDGED);
    }
    return hasRoom;
  }

  /**
   * Whether an event is to be judged; repeats, conflicts and those without a time to be trusted are
   * only counted.
   */
  private boolean isNew(String key, Event event, Incoming incoming) throws Exception {
    CaseValue value = valueOf(key);
    RunMemory run = memoryOf(value);
    RunIdentities.Verdict verdict =
        run.identities.offer(
            Fingerprint.ofIdentity(event.idempotencyKey(), event.seq()),
            Fingerprint.ofContent(event.raw()),
            overflow);
    switch (verdict) {
      case DUPLICATE -> books.count(BookCounter.DUPLICATES);
      case CONFLICT -> books.count(BookCounter.CONFLICTS);
      case NEW -> {
        books.count(BookCounter.ACCEPTED);
        long knownFromMicros = Math.max(incoming.timeMs() * 1_000, watermarkMicros());
        run.forgetAtMicros =
            Math.max(run.forgetAtMicros, knownFromMicros + engineConfig.horizonMicros());
        noteNew(key, value);
        if (incoming.clockSkew()) {
          books.count(BookCounter.CLOCK_SKEW);
          return false;
        }
      }
    }
    return verdict == RunIdentities.Verdict.NEW;
  }

  /** While a case is open, its timer is what counts, and an event that only waits moves none. */
  private void noteNew(String key, CaseValue value) throws Exception {
    if (value.cases.isEmpty()) {
      keep(key, value, dueMicros(value));
    } else {
      keepWithTimer(key, value);
    }
  }

  @Override
  void judge(Waiting waiting) throws Exception {
    CaseValue value = valueOf(waiting.key());
    if (waiting.incoming().decoded() instanceof Finalize end) {
      engine.onFinalize(value.cases, end.timeMicros(), waiting.settleMicros());
    } else {
      Event event = memoryOf(value).join(waiting.settleMicros()).join(waiting.incoming().event());
      judge(waiting, value, event);
    }
    keep(waiting.key(), value, dueMicros(value));
  }

  private void judge(Waiting waiting, CaseValue value, Event event) {
    CaseEngine.Reception reception =
        engine.onEvent(value.cases, event.runId(), event, waiting.isLate(), waiting.settleMicros());
    if (waiting.settleMicros() != 0) {
      return;
    }
    books.count(BookCounter.WAITING, -1);
    count(reception, waiting.isLate());
    forward(waiting.incoming().withDecoded(event));
  }

  private void count(CaseEngine.Reception reception, boolean late) {
    if (reception == CaseEngine.Reception.BEYOND_LIMIT) {
      books.count(BookCounter.NOT_JUDGED);
      return;
    }
    books.count(late ? BookCounter.LATE : BookCounter.JUDGED);
    if (late && reception == CaseEngine.Reception.NO_CASE) {
      books.count(BookCounter.LATE_WITHOUT_CASE);
    }
  }

  private void forward(Incoming incoming) {
    for (List<String> keyFields : book.keys()) {
      if (!keyFields.equals(Rule.RUN_KEY)) {
        Event event = incoming.event();
        String key = CaseKeys.of(keyFields, event);
        if (key != null) {
          String partitionKey =
              CaseKeys.partitionKey(CaseKeys.name(keyFields), event.tenant(), key);
          output.collect(FORWARDED, new StreamRecord<>(new Forwarded(partitionKey, incoming)));
        }
      }
    }
  }

  @Override
  long advance(String key, CaseValue value, long toMicros) throws Exception {
    engine.advance(value.cases, toMicros);
    RunMemory run = memoryOf(value);
    if (value.cases.isEmpty() && run.forgetAtMicros <= toMicros && run.identities.hasOverflow()) {
      setCurrentKey(key);
      overflow.clear();
    }
    return isForgettable(value) ? Judge.NEVER : dueMicros(value);
  }

  @Override
  boolean isForgettable(CaseValue value) {
    return value.cases.isEmpty() && memoryOf(value).forgetAtMicros <= watermarkMicros();
  }

  /**
   * After its cases a run is known until the horizon, and until all its events are judged whose
   * turn has come: time may have jumped over both.
   */
  private long dueMicros(CaseValue value) {
    return value.cases.isEmpty() ? memoryOf(value).forgetAtMicros : engine.dueMicros(value.cases);
  }

  private static RunMemory memoryOf(CaseValue value) {
    if (value.run == null) {
      throw new IllegalStateException("a run's value has its memory");
    }
    return value.run;
  }
}
