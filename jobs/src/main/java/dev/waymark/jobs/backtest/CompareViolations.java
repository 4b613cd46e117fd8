package dev.waymark.jobs.backtest;

import dev.waymark.jobs.backtest.BacktestPart.Side;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.violation.Violation;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells which violations both sides found. In: those of one rule, case and evidence. Out, at the
 * end of the input: each once, in the order of their time.
 *
 * <p>The same fact may become certain at different times, so nothing is known before the end.
 * State: every violation until then.
 */
final class CompareViolations extends KeyedProcessFunction<String, BacktestPart, BacktestPart> {
  /** Later than any event, so that timers fire at the end alone, and still by time. */
  private static final long AFTER_ALL_MS = Long.MAX_VALUE / 2;

  private transient ListState<BacktestPart> found;

  @SuppressWarnings("NullAway.Init") // filled by open
  CompareViolations() {}

  @Override
  public void open(OpenContext context) {
    found =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("found", TypeInformation.of(BacktestPart.class)));
  }

  @Override
  public void processElement(BacktestPart part, Context context, Collector<BacktestPart> out)
      throws Exception {
    if (!found.get().iterator().hasNext()) {
      long atMs = AFTER_ALL_MS + Times.toMillis(violation(part).timeMicros());
      context.timerService().registerEventTimeTimer(atMs);
    }
    found.add(part);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<BacktestPart> out)
      throws Exception {
    List<Violation> drafts = new ArrayList<>();
    List<Violation> lives = new ArrayList<>();
    for (BacktestPart part : found.get()) {
      (part.side() == Side.DRAFT ? drafts : lives).add(violation(part));
    }
    // No event may prove several, as of a window in which too few were seen: they are paired.
    for (int i = 0; i < Math.max(drafts.size(), lives.size()); i++) {
      if (i >= drafts.size()) {
        out.collect(BacktestPart.of(Side.LIVE, lives.get(i)));
      } else {
        Side side = i < lives.size() ? Side.BOTH : Side.DRAFT;
        out.collect(BacktestPart.of(side, drafts.get(i)));
      }
    }
    found.clear();
  }

  private static Violation violation(BacktestPart part) {
    if (part.violation() == null) {
      throw new IllegalStateException("only violations are compared");
    }
    return part.violation();
  }
}
