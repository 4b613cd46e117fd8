package dev.waymark.jobs.store;

import dev.waymark.jobs.config.WriteConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.jspecify.annotations.Nullable;

/** Gathers rows to batches: the last one a key, until it is full, old, or a checkpoint comes. */
final class TableWriter<T> implements SinkWriter<T> {
  private final RowTable<T> table;
  private final WriteConfig config;
  private final BatchWriter<T> batches;
  private final ProcessingTimeService clock;
  private final Counter numRowsSent;
  private final Map<Object, T> pending = new LinkedHashMap<>();
  private @Nullable ScheduledFuture<?> timer;

  TableWriter(
      RowTable<T> table,
      WriteConfig config,
      BatchWriter<T> batches,
      ProcessingTimeService clock,
      SinkWriterMetricGroup metrics) {
    this.table = table;
    this.config = config;
    this.batches = batches;
    this.clock = clock;
    this.numRowsSent = metrics.getNumRecordsSendCounter();
  }

  @Override
  public void write(T row, Context context) throws IOException, InterruptedException {
    pending.put(table.key(row), row);
    if (pending.size() >= config.batchRows()) {
      writePending();
    } else if (timer == null) {
      timer =
          clock.registerTimer(clock.getCurrentProcessingTime() + config.flushMs(), this::onTimer);
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writePending();
  }

  /** What is still pending lies behind the last checkpoint and comes again. */
  @Override
  public void close() {
    if (timer != null) {
      timer.cancel(false);
    }
    batches.close();
  }

  private void onTimer(long timeMs) throws IOException, InterruptedException {
    timer = null;
    writePending();
  }

  private void writePending() throws IOException, InterruptedException {
    if (!pending.isEmpty()) {
      batches.write(new ArrayList<>(pending.values()));
      numRowsSent.inc(pending.size());
      pending.clear();
    }
  }
}
