package dev.waymark.jobs.metrics;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.engine.RunIdentities.Verdict;
import dev.waymark.jobs.engine.WriteBackCache;
import dev.waymark.jobs.topology.RunOperator;
import java.io.IOException;
import java.util.Iterator;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Measures every event once and adds up what belongs together before it goes on. Keyed by run.
 *
 * <p>In: events, a run's in the order of the log. Out: totals a key and minute, every second and
 * before each checkpoint, so that none are left in memory at a barrier. Repeats, conflicts, events
 * with a skewed clock and those behind the horizon are counted and not measured. A response without
 * action waits for its request until time has passed it. State: one value a run, gone when its
 * horizon has passed in event time.
 */
final class MeasureRuns extends RunOperator<Measurement, MetricsRun, MetricDelta> {
  /** Responses that wait for their request, in a run: more are measured without their action. */
  private static final int MAX_UNANSWERED = 64;

  private final MetricsConfig metricsConfig;
  private final long horizonMs;
  private transient MinuteSums sums;

  @SuppressWarnings("NullAway.Init") // operators are filled by open
  MeasureRuns(MetricsConfig metricsConfig) {
    super(metricsConfig.job().cache());
    this.metricsConfig = metricsConfig;
    this.horizonMs = metricsConfig.job().time().horizonMs();
  }

  @Override
  protected WriteBackCache.Codec<MetricsRun> codec() {
    return new MetricsRun.Form();
  }

  @Override
  public void open() throws Exception {
    super.open();
    sums =
        new MinuteSums(
            metricsConfig,
            getProcessingTimeService(),
            delta -> output.collect(new StreamRecord<>(delta)));
  }

  @Override
  public void processElement(StreamRecord<Measurement> element) throws Exception {
    Measurement measurement = element.getValue();
    String key = measurement.runKey();
    MetricsRun run = runs().get(key);
    if (run == null) {
      if (measurement.isBehind(horizonMs)) {
        books().count(BookCounter.ACCEPTED);
        books().count(BookCounter.TOO_LATE);
        return;
      }
      run = MetricsRun.begin();
    }
    Verdict verdict =
        run.identities().offer(measurement.identity(), measurement.content(), identitiesOverflow());
    switch (verdict) {
      case NEW -> accept(run, measurement);
      case DUPLICATE -> books().count(BookCounter.DUPLICATES);
      case CONFLICT -> books().count(BookCounter.CONFLICTS);
    }
    run.clock().touch(measurement.timeMs(), measurement.logTimeMs());
    setTimer(run);
    runs().put(key, run);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String key = timer.getKey();
    MetricsRun run = runs().get(key);
    if (run == null) {
      return;
    }
    run.clock().timerFired();
    releaseUntil(run, timer.getTimestamp());
    if (timer.getTimestamp() >= run.clock().forgetAtMs(horizonMs)) {
      forget(key, run.identities());
      return;
    }
    setTimer(run);
    runs().put(key, run);
  }

  /** Where time leaps, sums must not come behind the watermark that ends their windows. */
  @Override
  protected void beforeWatermark(long timeMs) {
    if (sums.isBehind(timeMs - horizonMs)) {
      sums.emit();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    sums.emit();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    sums.emit();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (sums != null) {
      sums.close();
    }
    super.close();
  }

  private void accept(MetricsRun run, Measurement measurement) {
    books().count(BookCounter.ACCEPTED);
    if (measurement.clockSkew()) {
      books().count(BookCounter.CLOCK_SKEW);
      return;
    }
    if (measurement.isBehind(horizonMs)) {
      books().count(BookCounter.TOO_LATE);
      return;
    }
    books().count(BookCounter.MEASURED);
    sawTime(measurement.timeMs());
    if (measurement.needsAction()) {
      measureResponse(run, measurement);
    } else {
      sums.add(measurement, measurement.action());
      answer(run, measurement);
    }
  }

  private void measureResponse(MetricsRun run, Measurement response) {
    String action = actionOf(run, response);
    if (action == null
        && response.timeMs() > response.logTimeMs()
        && run.unanswered().size() < MAX_UNANSWERED) {
      run.unanswered().add(response);
    } else {
      sums.add(response, action);
    }
  }

  /** A request: remembered for its responses, and found for those that came before it. */
  private void answer(MetricsRun run, Measurement request) {
    String callId = request.callId();
    if (request.type() != EventTypes.REQUEST || callId == null) {
      return;
    }
    run.calls().add(callId, request.timeMicros(), request.seq(), request.action());
    Iterator<Measurement> waiting = run.unanswered().iterator();
    while (waiting.hasNext()) {
      Measurement response = waiting.next();
      String action = callId.equals(response.callId()) ? actionOf(run, response) : null;
      if (action != null) {
        sums.add(response, action);
        waiting.remove();
      }
    }
  }

  private void releaseUntil(MetricsRun run, long timeMs) {
    Iterator<Measurement> waiting = run.unanswered().iterator();
    while (waiting.hasNext()) {
      Measurement response = waiting.next();
      if (response.timeMs() <= timeMs) {
        sums.add(response, null);
        waiting.remove();
      }
    }
  }

  private static @Nullable String actionOf(MetricsRun run, Measurement response) {
    String callId = response.callId();
    return callId == null
        ? null
        : run.calls().actionOf(callId, response.timeMicros(), response.seq());
  }

  private void setTimer(MetricsRun run) throws IOException {
    long dueMs = run.clock().forgetAtMs(horizonMs);
    for (Measurement response : run.unanswered()) {
      dueMs = Math.min(dueMs, response.timeMs());
    }
    if (run.clock().isTooLateFor(dueMs)) {
      moveTimer(run.clock().setTimer(dueMs), dueMs);
    }
  }
}
