package dev.waymark.jobs.metrics;

import dev.waymark.jobs.ports.RunKeys;
import dev.waymark.schemas.metric.EventCost;
import dev.waymark.schemas.metric.PriceTable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Totals a key and minute that have not been sent yet. The clock decides when they are sent and
 * never what they are.
 */
final class MinuteSums implements AutoCloseable {
  private static final String NONE = "";

  private record Cell(MetricKey key, long bucketMs) {}

  private final MetricsConfig config;
  private final PriceTable prices;
  private final ProcessingTimeService clock;
  private final Consumer<MetricDelta> out;
  private final Map<Cell, Totals> cells = new HashMap<>();
  private @Nullable ScheduledFuture<?> timer;

  /** Begin of the earliest minute that has not been sent; {@link Long#MAX_VALUE}: there is none. */
  private long earliestMs = Long.MAX_VALUE;

  MinuteSums(MetricsConfig config, ProcessingTimeService clock, Consumer<MetricDelta> out) {
    this.config = config;
    this.prices = config.prices().parse();
    this.clock = clock;
    this.out = out;
  }

  /** Adds an event, with the action it was found to have. */
  void add(Measurement measurement, @Nullable String action) {
    String model = measurement.model();
    MetricKey key =
        new MetricKey(
            RunKeys.tenant(measurement.runKey()),
            measurement.agentId(),
            model == null ? NONE : model,
            action == null ? NONE : action);
    Cell cell = new Cell(key, Granularity.MINUTE.bucketOf(measurement.timeMs()));
    Totals totals = cells.get(cell);
    if (totals == null) {
      totals = newTotals(cell);
    }
    totals.add(measurement, costOf(measurement));
  }

  /** Sends all. */
  void emit() {
    cells.forEach(
        (cell, totals) ->
            out.accept(new MetricDelta(cell.key().asText(), cell.bucketMs(), totals)));
    cells.clear();
    earliestMs = Long.MAX_VALUE;
  }

  /** Whether any of what has not been sent is of a time up to this. */
  boolean isBehind(long timeMs) {
    return earliestMs <= timeMs;
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private Totals newTotals(Cell cell) {
    if (cells.size() >= config.maxCells()) {
      emit();
    }
    if (timer == null) {
      timer =
          clock.registerTimer(
              clock.getCurrentProcessingTime() + config.sumMs(), timeMs -> onTimer());
    }
    Totals totals = new Totals();
    cells.put(cell, totals);
    earliestMs = Math.min(earliestMs, cell.bucketMs());
    return totals;
  }

  private void onTimer() {
    timer = null;
    emit();
  }

  private @Nullable EventCost costOf(Measurement measurement) {
    return EventCost.of(
        measurement.costUsd(),
        measurement.usage(),
        measurement.model(),
        measurement.timeMicros(),
        prices);
  }
}
