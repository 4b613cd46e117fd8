package dev.waymark.jobs.engine;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decides the cases whose gaps were judged elsewhere: broken with the first violation, else held
 * once the watermark has passed its end. State: whether it is broken and how it ended, until then.
 */
public final class DecideProfileCases
    extends KeyedProcessFunction<String, ProfileCase, OutcomeDelta> {
  private transient ValueState<Boolean> broken;
  private transient ValueState<ProfileCase> over;

  @SuppressWarnings("NullAway.Init") // filled by open
  public DecideProfileCases() {}

  @Override
  public void open(OpenContext context) {
    broken = getRuntimeContext().getState(new ValueStateDescriptor<>("broken", Types.BOOLEAN));
    over =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("over", Types.POJO(ProfileCase.class)));
  }

  @Override
  public void processElement(ProfileCase aCase, Context context, Collector<OutcomeDelta> out)
      throws Exception {
    if (aCase.news() == ProfileCase.News.BROKEN) {
      out.collect(delta(aCase, 0, 0, broken.value() == null ? 1 : 0, 1));
      broken.update(true);
    } else {
      over.update(aCase);
      context.timerService().registerEventTimeTimer(context.timestamp());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutcomeDelta> out)
      throws Exception {
    ProfileCase aCase = over.value();
    if (broken.value() == null) {
      boolean ended = aCase.news() == ProfileCase.News.ENDED;
      out.collect(delta(aCase, ended ? 0 : -1, ended ? 1 : 0, 0, 0));
    }
    broken.clear();
    over.clear();
  }

  private static OutcomeDelta delta(
      ProfileCase aCase, long cases, long held, long broken, long violations) {
    return new OutcomeDelta(
        aCase.tenant(), aCase.ruleId(), aCase.ruleVersion(), cases, 0, held, 0, broken, violations);
  }
}
