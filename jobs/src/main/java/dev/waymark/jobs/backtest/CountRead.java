package dev.waymark.jobs.backtest;

import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Event;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Says how many events were read: after the first, and now and then. */
final class CountRead extends ProcessFunction<Incoming, BacktestPart> {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private long read;
  private long toldAtNanos = System.nanoTime() - EVERY_NANOS;

  @Override
  public void processElement(Incoming incoming, Context context, Collector<BacktestPart> out) {
    read += incoming.decoded() instanceof Event ? 1 : 0;
    if (System.nanoTime() - toldAtNanos >= EVERY_NANOS) {
      toldAtNanos = System.nanoTime();
      out.collect(BacktestPart.progress(read));
    }
  }
}
