package dev.waymark.benchmarks.engine;

import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Variant C: what a team would write for just these rules. One compact value a run, and a timer
 * where something is due.
 */
final class HandWritten extends KeyedProcessFunction<String, Step, Finding> {
  private static final int VALUE_BYTES = 256;

  private transient ValueState<byte[]> runs;
  private transient DataOutputSerializer form;

  @SuppressWarnings("NullAway.Init") // filled by open
  HandWritten() {}

  @Override
  public void open(OpenContext context) {
    runs =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "runs", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    form = new DataOutputSerializer(VALUE_BYTES);
  }

  @Override
  public void processElement(Step step, Context context, Collector<Finding> out)
      throws IOException {
    HandRules known = known(step.run());
    HandRules rules = known == null ? new HandRules(step.run()) : known;
    if (rules.offer(step)) {
      keep(rules, context.timerService());
    }
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<Finding> out)
      throws IOException {
    HandRules rules = known(context.getCurrentKey());
    if (rules == null || !rules.takeTimer(timeMs)) {
      return;
    }
    // All that the watermark has passed at once: the next timer is beyond it.
    long toMicros = micros(context.timerService().currentWatermark());
    rules.advance(toMicros, out::collect);
    if (rules.isForgotten(toMicros)) {
      runs.clear();
    } else {
      keep(rules, context.timerService());
    }
  }

  private static long micros(long watermarkMs) {
    return watermarkMs == Long.MAX_VALUE ? HandRules.NEVER - 1 : watermarkMs * 1_000 + 999;
  }

  private @Nullable HandRules known(String run) throws IOException {
    byte[] value = runs.value();
    return value == null ? null : HandRules.read(run, new DataInputDeserializer(value));
  }

  private void keep(HandRules rules, TimerService timers) throws IOException {
    long timerMicros = rules.timerToSet();
    if (timerMicros != HandRules.NEVER) {
      timers.registerEventTimeTimer(Math.floorDiv(timerMicros, 1_000));
    }
    form.clear();
    rules.write(form);
    runs.update(form.getCopyOfBuffer());
  }
}
