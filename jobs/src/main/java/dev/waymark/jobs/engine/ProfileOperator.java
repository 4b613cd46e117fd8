package dev.waymark.jobs.engine;

import com.google.common.math.LongMath;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.violation.Violation;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Judges the gaps of {@code profile} rules by what was learnt of those before them, over all cases.
 * Keyed by {@link WaitingGap#partitionKey}.
 *
 * <p>In: gaps in any order, none behind the watermark save those that late events ended. Out:
 * violations; at {@link RuleOutputs#PROFILE_CASES} the cases they break, before the watermark of
 * their turn. Keyed state: the gaps that wait for the watermark; a {@link Profile}, until the
 * horizon has passed since its last gap.
 */
public final class ProfileOperator extends AbstractStreamOperator<Violation>
    implements OneInputStreamOperator<WaitingGap, Violation>, Triggerable<String, VoidNamespace> {
  private final EngineConfig engineConfig;

  private transient ListState<WaitingGap> waiting;
  private transient ValueState<Profile> profiles;
  private transient InternalTimerService<VoidNamespace> timers;

  @SuppressWarnings("NullAway.Init") // operators are filled by initializeState and open
  public ProfileOperator(EngineConfig engineConfig) {
    this.engineConfig = engineConfig;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    waiting =
        context
            .getKeyedStateStore()
            .getListState(
                new ListStateDescriptor<>("waiting", TypeInformation.of(WaitingGap.class)));
    profiles =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("profile", TypeInformation.of(Profile.class)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("due", VoidNamespaceSerializer.INSTANCE, this);
  }

  /** All that come between two watermarks are judged together, at the second. */
  @Override
  public void processElement(StreamRecord<WaitingGap> element) throws Exception {
    waiting.add(element.getValue());
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timers.currentWatermark() + 1);
  }

  /** A job that is only drained keeps for its next start what waits. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (!mark.equals(Watermark.MAX_WATERMARK) || engineConfig.endOfInputMicros() != null) {
      super.processWatermark(mark);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    Profile profile = profiles.value() == null ? Profile.NEW : profiles.value();
    for (WaitingGap due : takeDue()) {
      profile = isOver(profile, due.turnMicros()) ? Profile.NEW : profile;
      profile.judge(due.gap()).ifPresent(found -> report(due, found));
      profile = profile.plus(due.gap(), due.turnMicros());
    }
    keep(profile);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer is set in processing time");
  }

  /** The gaps that the watermark has passed, in turn. */
  private List<WaitingGap> takeDue() throws Exception {
    List<WaitingGap> due = new ArrayList<>();
    List<WaitingGap> rest = new ArrayList<>();
    for (WaitingGap gap : waiting.get()) {
      (gap.readyMs() <= timers.currentWatermark() ? due : rest).add(gap);
    }
    waiting.update(rest);
    rest.forEach(gap -> timers.registerEventTimeTimer(VoidNamespace.INSTANCE, gap.readyMs()));
    due.sort(WaitingGap.IN_TURN);
    return due;
  }

  private void report(WaitingGap gap, Violation found) {
    if (gap.gap().isReported()) {
      output.collect(new StreamRecord<>(found, gap.readyMs()));
    }
    output.collect(RuleOutputs.PROFILE_CASES, new StreamRecord<>(ProfileCase.broken(found)));
  }

  private boolean isOver(Profile profile, long turnMicros) {
    return overMicros(profile) <= turnMicros;
  }

  private long overMicros(Profile profile) {
    return LongMath.saturatedAdd(profile.lastMicros(), engineConfig.horizonMicros());
  }

  /** One timer a key looks whether it can be forgotten, and is moved on only when it has come. */
  private void keep(Profile profile) throws Exception {
    long overMs = Times.toMillis(overMicros(profile));
    if (overMs <= timers.currentWatermark()) {
      profiles.clear();
      return;
    }
    boolean needsTimer = profile.timerMs() <= timers.currentWatermark();
    if (needsTimer) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, overMs);
    }
    profiles.update(needsTimer ? profile.withTimer(overMs) : profile);
  }
}
