package dev.waymark.jobs.validation;

import dev.waymark.jobs.engine.OutcomeDelta;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up what the engine's instances decided, a tenant and rule version. State: the totals, for
 * ever.
 */
final class SumOutcomes extends KeyedProcessFunction<String, OutcomeDelta, OutcomeRow> {
  private transient ValueState<OutcomeRow> total;

  @SuppressWarnings("NullAway.Init") // filled by open
  SumOutcomes() {}

  static String key(OutcomeDelta delta) {
    return delta.tenant() + '\0' + delta.ruleId() + '\0' + delta.ruleVersion();
  }

  @Override
  public void open(OpenContext context) {
    total =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("total", TypeInformation.of(OutcomeRow.class)));
  }

  @Override
  public void processElement(OutcomeDelta delta, Context context, Collector<OutcomeRow> out)
      throws Exception {
    OutcomeRow before = total.value();
    OutcomeRow now = before == null ? OutcomeRow.of(delta) : before.plus(delta);
    total.update(now);
    out.collect(now);
  }
}
