package dev.waymark.jobs.trail;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.engine.Fingerprint;
import dev.waymark.jobs.engine.WriteBackCache;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.RunKeys;
import dev.waymark.jobs.topology.RunOperator;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.metric.EventCost;
import dev.waymark.schemas.metric.PriceTable;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes down every event once and every run as it grows. Keyed by run.
 *
 * <p>In: events and finalizes, a run's in the order of the log. Out: a row an event at once, and
 * once more if the request that it answers comes after it; to {@link #RUNS} a row a run, at most
 * one a second while it grows and one at each checkpoint, or to {@link #COLD_RUNS} if its first
 * event known came behind the horizon; to {@link #CONFLICTS} the second versions of events. Repeats
 * are counted. State: one value a run, gone when its horizon has passed in event time, or nothing
 * was ever known of it.
 */
final class KeepTrail extends RunOperator<Incoming, TrailRun, EventRow> {
  static final OutputTag<RunRow> RUNS = new OutputTag<>("runs", TypeInformation.of(RunRow.class));
  static final OutputTag<RunRow> COLD_RUNS =
      new OutputTag<>("cold-runs", TypeInformation.of(RunRow.class));
  static final OutputTag<ConflictRow> CONFLICTS =
      new OutputTag<>("conflicts", TypeInformation.of(ConflictRow.class));

  /** Responses that wait for their request, in a run: more are written without their action. */
  private static final int MAX_UNANSWERED = 16;

  private static final int MAX_UNANSWERED_BYTES = 64 << 10;

  private final TrailConfig trailConfig;
  private transient PriceTable prices;
  private transient MessageDigest sha256;

  /** Runs whose row is older than their state, the longest waiting first. */
  private transient Set<String> stale;

  private transient @Nullable ScheduledFuture<?> rowTimer;
  private transient long eventsSinceRows;

  @SuppressWarnings("NullAway.Init") // operators are filled by open
  KeepTrail(TrailConfig trailConfig) {
    super(trailConfig.job().cache());
    this.trailConfig = trailConfig;
  }

  @Override
  protected WriteBackCache.Codec<TrailRun> codec() {
    return new TrailRun.Form();
  }

  @Override
  public void open() throws Exception {
    super.open();
    prices = trailConfig.prices().parse();
    sha256 = newSha256();
    stale = new LinkedHashSet<>();
  }

  @Override
  public void processElement(StreamRecord<Incoming> element) throws Exception {
    Incoming incoming = element.getValue();
    String key = (String) getCurrentKey();
    TrailRun run = runs().get(key);
    if (incoming.decoded() instanceof Finalize) {
      if (run != null) {
        run.summary().finalizeAt(finalizeMicros(incoming));
        changed(key, run, incoming);
      }
      return;
    }
    if (run == null) {
      run = TrailRun.begin(incoming.isBehind(trailConfig.job().time().horizonMs()));
    }
    takeEvent(run, incoming);
    changed(key, run, incoming);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String key = timer.getKey();
    TrailRun run = runs().get(key);
    if (run == null) {
      return;
    }
    run.clock().timerFired();
    if (timer.getTimestamp() >= run.clock().forgetAtMs(trailConfig.job().time().horizonMs())) {
      if (stale.remove(key)) {
        emitRow(key, run);
      }
      forget(key, run.identities());
      return;
    }
    if (run.summary().status() == RunStatus.RUNNING && timer.getTimestamp() >= silentAtMs(run)) {
      run.summary().timeOut();
      run.unanswered().clear();
      markStale(key);
    }
    setTimer(run);
    runs().put(key, run);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    emitRows(Integer.MAX_VALUE);
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    emitRows(Integer.MAX_VALUE);
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (rowTimer != null) {
      rowTimer.cancel(false);
    }
    super.close();
  }

  private void takeEvent(TrailRun run, Incoming incoming) throws Exception {
    Event event = incoming.event();
    byte[] digest = sha256.digest(event.raw());
    Fingerprint identity = Fingerprint.ofIdentity(event.idempotencyKey(), event.seq());
    eventsSinceRows++;
    switch (run.identities().offer(identity, Fingerprint.ofDigest(digest), identitiesOverflow())) {
      case NEW -> accept(run, incoming, digest);
      case DUPLICATE -> {
        books().count(BookCounter.DUPLICATES);
        run.summary().addDuplicate();
      }
      case CONFLICT -> {
        books().count(BookCounter.CONFLICTS);
        run.summary().addConflict();
        output.collect(CONFLICTS, new StreamRecord<>(new ConflictRow(incoming, digest)));
      }
    }
  }

  private void accept(TrailRun run, Incoming incoming, byte[] digest) {
    books().count(BookCounter.ACCEPTED);
    if (incoming.clockSkew()) {
      books().count(BookCounter.CLOCK_SKEW);
    } else {
      sawTime(incoming.timeMs());
      if (incoming.isLate()) {
        books().count(BookCounter.LATE);
      }
    }
    EventCost cost = EventCost.of(incoming.event(), prices);
    run.summary().add(incoming, cost);
    EventRow row = join(run, new EventRow(incoming, cost, digest));
    output.collect(new StreamRecord<>(row));
    answer(run, incoming.event());
  }

  /** Gives a response that names no action that of the request it answers. */
  private static EventRow join(TrailRun run, EventRow row) {
    Event event = row.incoming().event();
    String callId = event.callId();
    if (!event.type().equals(Event.ACTION_RESPONSE) || event.action() != null || callId == null) {
      return row;
    }
    String action = run.calls().actionOf(callId, event.timeMicros(), event.seq());
    if (action != null) {
      return row.withAction(action);
    }
    if (run.unanswered().size() < MAX_UNANSWERED && event.raw().length <= MAX_UNANSWERED_BYTES) {
      run.unanswered().add(row);
    }
    return row;
  }

  /** A request: remembered for its responses, and found for those that came before it. */
  private void answer(TrailRun run, Event event) {
    String callId = event.callId();
    if (!event.type().equals(Event.ACTION_REQUEST) || callId == null) {
      return;
    }
    run.calls().add(callId, event.timeMicros(), event.seq(), event.action());
    Iterator<EventRow> waiting = run.unanswered().iterator();
    while (waiting.hasNext()) {
      EventRow row = waiting.next();
      Event response = row.incoming().event();
      String answered =
          callId.equals(response.callId())
              ? run.calls().actionOf(callId, response.timeMicros(), response.seq())
              : null;
      if (answered != null) {
        output.collect(new StreamRecord<>(row.withAction(answered)));
        waiting.remove();
      }
    }
  }

  private void changed(String key, TrailRun run, Incoming incoming) throws IOException {
    run.clock().touch(incoming.timeMs(), incoming.logTimeMs());
    setTimer(run);
    runs().put(key, run);
    markStale(key);
  }

  private void setTimer(TrailRun run) {
    long dueMs = run.clock().forgetAtMs(trailConfig.job().time().horizonMs());
    if (run.summary().status() == RunStatus.RUNNING) {
      dueMs = Math.min(dueMs, silentAtMs(run));
    }
    if (run.clock().isTooLateFor(dueMs)) {
      moveTimer(run.clock().setTimer(dueMs), dueMs);
    }
  }

  private long silentAtMs(TrailRun run) {
    return Times.toMillis(run.summary().lastMicros()) + trailConfig.runTimeoutMs();
  }

  private static long finalizeMicros(Incoming incoming) {
    Finalize end = (Finalize) incoming.decoded();
    return incoming.clockSkew() || end == null
        ? incoming.kafkaTimestampMs() * 1_000
        : end.timeMicros();
  }

  private void markStale(String key) {
    stale.add(key);
    if (rowTimer == null) {
      long now = getProcessingTimeService().getCurrentProcessingTime();
      rowTimer =
          getProcessingTimeService()
              .registerTimer(now + trailConfig.runRowsMs(), timeMs -> emitSomeRows());
    }
  }

  /**
   * While thousands of runs grow at once, their rows must not cost more than the events': then each
   * of them gets its turn, and all are up to date at the checkpoint.
   */
  private void emitSomeRows() throws IOException {
    rowTimer = null;
    emitRows(trailConfig.minRunRows() + eventsSinceRows / trailConfig.eventsPerRunRow());
    if (!stale.isEmpty()) {
      markStale(stale.iterator().next());
    }
  }

  private void emitRows(long most) throws IOException {
    eventsSinceRows = 0;
    Iterator<String> keys = stale.iterator();
    for (long emitted = 0; emitted < most && keys.hasNext(); emitted++) {
      String key = keys.next();
      keys.remove();
      TrailRun run = runs().get(key);
      if (run == null) {
        throw new IllegalStateException("a run was forgotten before its row was written: " + key);
      }
      emitRow(key, run);
    }
  }

  private void emitRow(String key, TrailRun run) {
    output.collect(
        run.isCold() ? COLD_RUNS : RUNS,
        new StreamRecord<>(
            run.summary()
                .toRow(RunKeys.tenant(key), RunKeys.runId(key), trailConfig.runTimeoutMs())));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
