package dev.waymark.jobs.metrics;

import com.google.common.math.LongMath;
import dev.waymark.jobs.engine.CostSum;
import dev.waymark.jobs.types.Binary;
import dev.waymark.schemas.event.Usage;
import dev.waymark.schemas.metric.EventCost;
import dev.waymark.schemas.metric.LatencySketch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of some events; adding up totals gives the totals of all their events, whatever
 * the order. Mutable.
 */
final class Totals {
  private static final int SKETCH_BYTES = 2_048;

  private final long[] eventsByType = new long[EventTypes.ALL.size()];
  private long errors;
  private long modelCalls;
  private long pricedCalls;
  private long inputTokens;
  private long outputTokens;
  private long cachedInputTokens;
  private long cacheWriteInputTokens;
  private CostSum cost = new CostSum();
  private @Nullable LatencySketch latency;
  private @Nullable LatencySketch genLatency;

  /** One event more. */
  void add(Measurement measurement, @Nullable EventCost eventCost) {
    eventsByType[measurement.type()]++;
    errors += measurement.isError() ? 1 : 0;
    if (eventCost != null) {
      addCall(measurement.usage(), eventCost);
    }
    Double latencyMs = measurement.latencyMs();
    if (latencyMs != null) {
      latency = latency == null ? new LatencySketch() : latency;
      latency.add(latencyMs);
    }
    Double genLatencyMs = measurement.genLatencyMs();
    if (genLatencyMs != null) {
      genLatency = genLatency == null ? new LatencySketch() : genLatency;
      genLatency.add(genLatencyMs);
    }
  }

  /** The events of others more; they stay as they are. */
  void add(Totals other) {
    for (int type = 0; type < eventsByType.length; type++) {
      eventsByType[type] += other.eventsByType[type];
    }
    errors += other.errors;
    modelCalls += other.modelCalls;
    pricedCalls += other.pricedCalls;
    inputTokens = LongMath.saturatedAdd(inputTokens, other.inputTokens);
    outputTokens = LongMath.saturatedAdd(outputTokens, other.outputTokens);
    cachedInputTokens = LongMath.saturatedAdd(cachedInputTokens, other.cachedInputTokens);
    cacheWriteInputTokens =
        LongMath.saturatedAdd(cacheWriteInputTokens, other.cacheWriteInputTokens);
    cost.add(other.cost);
    latency = merged(latency, other.latency);
    genLatency = merged(genLatency, other.genLatency);
  }

  MetricRow toRow(MetricKey key, long bucketMs) {
    long events = 0;
    for (long count : eventsByType) {
      events += count;
    }
    return new MetricRow(
        key,
        bucketMs,
        events,
        eventsByType.clone(),
        errors,
        modelCalls,
        pricedCalls,
        inputTokens,
        outputTokens,
        cachedInputTokens,
        cacheWriteInputTokens,
        cost.value(),
        latency == null ? null : latency.toBytes(),
        genLatency == null ? null : genLatency.toBytes());
  }

  /** Estimated bytes on the heap. */
  long sizeBytes() {
    return 256 + (latency == null ? 0L : SKETCH_BYTES) + (genLatency == null ? 0L : SKETCH_BYTES);
  }

  void write(DataOutput out) throws IOException {
    for (long count : eventsByType) {
      Binary.writeNumber(out, count);
    }
    Binary.writeNumber(out, errors);
    Binary.writeNumber(out, modelCalls);
    Binary.writeNumber(out, pricedCalls);
    Binary.writeNumber(out, inputTokens);
    Binary.writeNumber(out, outputTokens);
    Binary.writeNumber(out, cachedInputTokens);
    Binary.writeNumber(out, cacheWriteInputTokens);
    cost.write(out);
    writeSketch(out, latency);
    writeSketch(out, genLatency);
  }

  static Totals read(DataInput in) throws IOException {
    Totals totals = new Totals();
    for (int type = 0; type < totals.eventsByType.length; type++) {
      totals.eventsByType[type] = Binary.readNumber(in);
    }
    totals.errors = Binary.readNumber(in);
    totals.modelCalls = Binary.readNumber(in);
    totals.pricedCalls = Binary.readNumber(in);
    totals.inputTokens = Binary.readNumber(in);
    totals.outputTokens = Binary.readNumber(in);
    totals.cachedInputTokens = Binary.readNumber(in);
    totals.cacheWriteInputTokens = Binary.readNumber(in);
    totals.cost = CostSum.read(in);
    totals.latency = readSketch(in);
    totals.genLatency = readSketch(in);
    return totals;
  }

  private void addCall(@Nullable Usage usage, EventCost eventCost) {
    modelCalls++;
    if (eventCost.isKnown()) {
      pricedCalls++;
      cost.add(eventCost.usd());
    }
    if (usage != null) {
      inputTokens = LongMath.saturatedAdd(inputTokens, usage.inputTokens());
      outputTokens = LongMath.saturatedAdd(outputTokens, usage.outputTokens());
      cachedInputTokens = LongMath.saturatedAdd(cachedInputTokens, usage.cachedInputTokens());
      cacheWriteInputTokens =
          LongMath.saturatedAdd(cacheWriteInputTokens, usage.cacheWriteInputTokens());
    }
  }

  private static @Nullable LatencySketch merged(
      @Nullable LatencySketch into, @Nullable LatencySketch other) {
    if (other == null) {
      return into;
    }
    LatencySketch sum = into == null ? new LatencySketch() : into;
    sum.merge(other);
    return sum;
  }

  private static void writeSketch(DataOutput out, @Nullable LatencySketch sketch)
      throws IOException {
    out.writeBoolean(sketch != null);
    if (sketch != null) {
      Binary.writeBytes(out, sketch.toBytes());
    }
  }

  private static @Nullable LatencySketch readSketch(DataInput in) throws IOException {
    return in.readBoolean() ? LatencySketch.fromBytes(Binary.readBytes(in)) : null;
  }
}
