package dev.waymark.jobs.store;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.waymark.jobs.config.WriteConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers rows to batches: the last one a key, until it is full, old, or a checkpoint comes. While
 * the database takes one batch, in a thread of its own, the next one is gathered; at most one is on
 * its way, so batches keep their order. What goes wrong with it is thrown when the next one is
 * handed over, at the latest by {@link #flush}.
 */
final class TableWriter<T> implements SinkWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
  private static final long CLOSE_TIMEOUT_S = 30;

  private final RowTable<T> table;
  private final WriteConfig config;
  private final BatchWriter<T> batches;
  private final ProcessingTimeService clock;
  private final Counter numRowsSent;
  private final Map<Object, T> pending = new LinkedHashMap<>();
  private final ExecutorService thread;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Future<Integer> onItsWay;

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
    this.thread =
        Executors.newSingleThreadExecutor(
            new ThreadFactoryBuilder()
                .setDaemon(true)
                .setNameFormat(table.getClass().getSimpleName() + "-%d")
                .build());
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
    awaitWritten();
  }

  /** What is not written yet lies behind the last checkpoint and comes again. */
  @Override
  public void close() {
    if (timer != null) {
      timer.cancel(false);
    }
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
        LOG.atWarn().log("closing though the database has not answered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    batches.close();
  }

  private void onTimer(long timeMs) throws IOException, InterruptedException {
    timer = null;
    writePending();
  }

  private void writePending() throws IOException, InterruptedException {
    if (pending.isEmpty()) {
      return;
    }
    awaitWritten();
    List<T> rows = new ArrayList<>(pending.values());
    pending.clear();
    onItsWay =
        thread.submit(
            () -> {
              batches.write(rows);
              return rows.size();
            });
  }

  private void awaitWritten() throws IOException, InterruptedException {
    if (onItsWay == null) {
      return;
    }
    try {
      numRowsSent.inc(onItsWay.get());
      onItsWay = null;
    } catch (ExecutionException e) {
      throw new IOException("rows are not written: " + table.upsertSql(), e.getCause());
    }
  }
}
