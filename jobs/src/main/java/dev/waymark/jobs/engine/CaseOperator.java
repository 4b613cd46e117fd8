package dev.waymark.jobs.engine;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.violation.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hosts all rules of the cases of a key: one operator, whatever the number of rules. Events wait
 * until the watermark passes them and are judged in order; deadlines are event-time timers, one a
 * key at a time.
 *
 * <p>Keyed state: one value a key, written back at checkpoints; the events that wait. In: events,
 * and the rules topic to every instance. Out: violations; {@link RuleOutputs} (from the first
 * instance) and the books' deltas at the side.
 *
 * @param <T> what comes in beside the rules
 */
abstract class CaseOperator<T> extends AbstractStreamOperator<Violation>
    implements TwoInputStreamOperator<T, RuleRecord, Violation>,
        Triggerable<String, VoidNamespace> {
  private static final long OUTCOMES_EVERY_MS = 1_000;

  private final List<RuleRecord> rulesReadBefore;
  protected final EngineConfig engineConfig;
  private final boolean keyedByRun;

  protected transient RuleBook book;
  protected transient Books books;
  protected transient WaitingRoom waitingRoom;
  protected transient OpenCases openCases;
  protected transient Findings findings;
  private transient ListState<Tuple2<Integer, Long>> openCasesState;
  private transient WriteBackCache<String, CaseValue> values;
  private transient RuleInput ruleInput;
  private transient InternalTimerService<VoidNamespace> timers;
  protected transient long watermarkMs;
  private transient @Nullable Waiting inTurn;
  private transient long outcomesSentAtMs;

  @SuppressWarnings("NullAway.Init") // operators are filled by initializeState and open
  CaseOperator(List<RuleRecord> rulesReadBefore, EngineConfig engineConfig, boolean keyedByRun) {
    this.rulesReadBefore = rulesReadBefore;
    this.engineConfig = engineConfig;
    this.keyedByRun = keyedByRun;
  }

  /** The engine that judges a key's cases. */
  abstract CaseEngine engineOf(String key);

  /** All engines of this operator. */
  abstract Iterable<CaseEngine> engines();

  /** An event's or finalize's turn has come. */
  abstract void judge(Waiting waiting) throws Exception;

  /** A key of which nothing is known yet. */
  abstract CaseValue newValue();

  /**
   * Time has come to {@code toMicros} for a key that has something due; returns when the next is,
   * or {@link Judge#NEVER}.
   */
  abstract long advance(String key, CaseValue value, long toMicros) throws Exception;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    watermarkMs = Long.MIN_VALUE;
    books = new Books(getMetricGroup());
    book =
        new RuleBook(
            engineConfig.matching(), failed -> books.count(BookCounter.CONDITIONS_FAILED, failed));
    findings = new Told();
    countOpenCases(context);
    openEngines();
    ruleInput =
        new RuleInput(
            book, context.getOperatorStateStore().getBroadcastState(RuleInput.STATE), this::tell);
    values =
        new WriteBackCache<>(
            this,
            context
                .getKeyedStateStore()
                .getState(
                    new ValueStateDescriptor<>(
                        "cases", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
            new CaseValueCodec(this::rulesOf),
            engineConfig.cache());
    openWaitingRoom(context);
  }

  private void countOpenCases(StateInitializationContext context) throws Exception {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    int keyGroups = task.getMaxNumberOfParallelSubtasks();
    openCases = new OpenCases(engineConfig.limits().maxOpenCases(), keyGroups);
    // Union, for key groups move between instances; each takes those that are its own.
    openCasesState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("open-cases", Types.TUPLE(Types.INT, Types.LONG)));
    openCases.restore(
        openCasesState.get(),
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            keyGroups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask()));
  }

  /** Called when the rule book is there, before any event. */
  abstract void openEngines();

  abstract RuleIndex rulesOf(CaseState aCase);

  private void openWaitingRoom(StateInitializationContext context) throws Exception {
    TypeInformation<Waited> type = TypeInformation.of(Waited.class);
    ListStateDescriptor<Waited> copies = new ListStateDescriptor<>("waiting", type);
    ListStateDescriptor<Waited> spilled = new ListStateDescriptor<>("waiting-spilled", type);
    waitingRoom =
        new WaitingRoom(
            this,
            engineConfig.limits().maxWaitingEvents(),
            context.getKeyedStateStore().getListState(copies),
            context.getKeyedStateStore().getListState(spilled));
    if (context.isRestored()) {
      try (Stream<String> withCopies = keysOf(copies);
          Stream<String> withSpilled = keysOf(spilled)) {
        waitingRoom.restore(withCopies, withSpilled);
      }
    }
  }

  private Stream<String> keysOf(ListStateDescriptor<Waited> state) {
    return this.<String>getKeyedStateBackend().getKeys(state.getName(), VoidNamespace.INSTANCE);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("due", VoidNamespaceSerializer.INSTANCE, this);
    ruleInput.begin(rulesReadBefore);
    getMetricGroup().addGroup("waymark").gauge("numEventsWaiting", waitingRoom::inMemory);
    getMetricGroup().addGroup("waymark").gauge("numKeysSpilled", waitingRoom::spilledKeys);
    getMetricGroup().addGroup("waymark").gauge("numOpenCases", openCases::total);
  }

  @Override
  public void processElement2(StreamRecord<RuleRecord> element) throws Exception {
    ruleInput.onRecord(element.getValue());
  }

  private void tell(RuleStatus status) {
    boolean isFirst = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    if (keyedByRun && isFirst) {
      output.collect(RuleOutputs.STATUSES, new StreamRecord<>(status));
    }
  }

  /**
   * At the end of a bounded input all that waits is judged; a job that is only drained keeps it for
   * its next start.
   */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    boolean isEnd = mark.equals(Watermark.MAX_WATERMARK);
    if (isEnd && engineConfig.endOfInputMicros() == null) {
      output.emitWatermark(mark);
      return;
    }
    watermarkMs = mark.getTimestamp();
    waitingRoom.release(watermarkMs, this::judgeReleased);
    super.processWatermark(mark);
    sendOutcomes(false);
  }

  /**
   * Takes an event or finalize whose turn is to come. That of a late one may have come already: it
   * does not wait for the next watermark, which in log time may be long in coming.
   */
  protected void await(Waiting waiting) throws Exception {
    if (waiting.readyMs() <= watermarkMs) {
      judgeInTurn(waiting);
      return;
    }
    CaseValue value = valueOf(waiting.key());
    value.waiting++;
    values.put(waiting.key(), value);
    waitingRoom.add(waiting);
  }

  private void judgeReleased(Waiting waiting) {
    CaseValue value = valueOf(waiting.key());
    // What waited when state of an older form was written is not counted in it.
    value.waiting = Math.max(0, value.waiting - 1);
    value.isBursting &= value.waiting > 0;
    judgeInTurn(waiting);
  }

  private void judgeInTurn(Waiting waiting) {
    inTurn = waiting;
    try {
      openCases.use(waiting.key());
      judge(waiting);
    } catch (Exception e) {
      throw new IllegalStateException(
          "judging " + waiting.key() + " at offset " + waiting.incoming().offset(), e);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String key = timer.getKey();
    CaseValue value = values.get(key);
    if (value == null || value.timerMs != timer.getTimestamp()) {
      return;
    }
    value.timerMs = CaseValue.NO_TIMER;
    openCases.use(key);
    advanceAndKeep(key, value);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer is set in processing time");
  }

  private void advanceAndKeep(String key, CaseValue value) throws Exception {
    Long endMicros = engineConfig.endOfInputMicros();
    if (endMicros != null && watermarkMs == Long.MAX_VALUE) {
      engineOf(key).onEndOfInput(value.cases, endMicros);
      values.remove(key);
      return;
    }
    keep(key, value, advance(key, value, watermarkMicros()));
  }

  /** The last µs that the watermark covers. */
  protected long watermarkMicros() {
    long limitMs = Long.MAX_VALUE / 1_000 - 1;
    return Math.max(-limitMs, Math.min(limitMs, watermarkMs)) * 1_000 + 999;
  }

  protected CaseValue valueOf(String key) {
    try {
      CaseValue known = values.get(key);
      return known != null ? known : newValue();
    } catch (IOException e) {
      throw new UncheckedIOException("reading what is known of " + key, e);
    }
  }

  /**
   * Keeps a value and sets the timer that it needs; {@code dueMicros}: when, or {@link
   * Judge#NEVER}.
   */
  protected void keep(String key, CaseValue value, long dueMicros) throws Exception {
    if (dueMicros == Judge.NEVER && value.waiting == 0 && isForgettable(value)) {
      values.remove(key);
      return;
    }
    long neededMs = dueMicros == Judge.NEVER ? CaseValue.NO_TIMER : Times.toMillis(dueMicros);
    if (engineConfig.endOfInputMicros() != null) {
      neededMs = Math.min(neededMs, Long.MAX_VALUE - 1);
    }
    if (neededMs < value.timerMs) {
      value.timerMs = neededMs;
      setCurrentKey(key);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, neededMs);
    }
    values.put(key, value);
  }

  /** Keeps a value that was changed but needs no other timer than it has. */
  protected void keepWithTimer(String key, CaseValue value) throws IOException {
    values.put(key, value);
  }

  /** Whether nothing of it matters any more. */
  abstract boolean isForgettable(CaseValue value);

  /**
   * Whether an event may wait for its turn; if too many of its key do, it is counted, and the first
   * of such a burst reported.
   */
  protected boolean hasRoom(String key, Event event, String caseKey) throws IOException {
    int limit = engineConfig.limits().maxWaitingEventsACase();
    CaseValue value = valueOf(key);
    if (value.waiting < limit) {
      return true;
    }
    books.count(BookCounter.WAITING_BEYOND_LIMIT);
    if (!value.isBursting) {
      value.isBursting = true;
      values.put(key, value);
      findings.violation(
          CaseLimit.WAITING_EVENTS.reached(event, caseKey, keyedByRun, limit), event.timeMicros());
    }
    return false;
  }

  protected CaseEngine newEngine(List<String> keyFields) {
    return new CaseEngine(
        keyFields, book, engineConfig.limits(), openCases, engineConfig.horizonMicros(), findings);
  }

  /** What the engines find goes out, or into the books. */
  private final class Told implements Findings {
    @Override
    public void violation(Violation violation, long foundMicros) {
      output.collect(new StreamRecord<>(violation, Times.toMillis(foundMicros)));
    }

    @Override
    public void partialMatchDropped() {
      books.count(BookCounter.PARTIAL_MATCHES_BEYOND_LIMIT);
    }

    @Override
    public void caseNotOpened() {
      books.count(BookCounter.CASES_BEYOND_LIMIT);
    }

    @Override
    public void gap(Gap gap) {
      Waiting event = Objects.requireNonNull(inTurn, "only an event ends a gap");
      output.collect(RuleOutputs.GAPS, new StreamRecord<>(WaitingGap.of(event, gap)));
    }

    @Override
    public void profileCase(ProfileCase news) {
      output.collect(RuleOutputs.PROFILE_CASES, new StreamRecord<>(news, watermarkMs));
    }
  }

  private void sendOutcomes(boolean now) {
    long time = getProcessingTimeService().getCurrentProcessingTime();
    if (now || time - outcomesSentAtMs >= OUTCOMES_EVERY_MS) {
      outcomesSentAtMs = time;
      engines()
          .forEach(
              engine ->
                  engine.drainOutcomes(
                      delta -> output.collect(RuleOutputs.OUTCOMES, new StreamRecord<>(delta))));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    sendOutcomes(true);
    books.emit(output);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    waitingRoom.copyToState();
    values.flush();
    openCasesState.update(openCases.snapshot());
    super.snapshotState(context);
  }

  @Override
  public void finish() throws Exception {
    sendOutcomes(true);
    books.emit(output);
    super.finish();
  }
}
