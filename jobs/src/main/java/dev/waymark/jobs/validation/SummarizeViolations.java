package dev.waymark.jobs.validation;

import dev.waymark.jobs.engine.ViolationIds;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.violation.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps a rule that flags nearly everything from flooding the store: the first violations of a rule
 * and window pass in full, the rest are counted in one summary at the window's end.
 *
 * <p>In: violations, keyed by {@link #key}, with the time at which they are found as timestamp.
 * They wait until the watermark has come there and are decided in the order of their time and id,
 * so it does not matter which instance found them or when; those of late events come behind the
 * watermark and are decided with the next one. Out: violations, and a summary for each window that
 * had too many, again with each watermark that finds it grown. State, a rule and window: at most
 * twice the limit of violations that wait, and the count, which goes an hour after the window's
 * end.
 */
final class SummarizeViolations extends KeyedProcessFunction<String, Violation, Violation> {
  private static final long KEPT_FOR_LATE_MS = 3_600_000;
  private static final char SEPARATOR = '\0';

  private final SummaryConfig config;

  private transient ListState<FoundViolation> waiting;
  private transient ValueState<WindowCount> counts;
  private transient ValueState<Violation> summaries;

  @SuppressWarnings("NullAway.Init") // filled by open
  SummarizeViolations(SummaryConfig config) {
    this.config = config;
  }

  /** Tenant, rule version, kind (for limits are told under their rule too) and window. */
  static KeySelector<Violation, String> key(SummaryConfig config) {
    return violation ->
        violation.tenant()
            + SEPARATOR
            + violation.ruleId()
            + SEPARATOR
            + violation.ruleVersion()
            + SEPARATOR
            + violation.kind()
            + SEPARATOR
            + config.windowOf(Times.toMillis(violation.timeMicros()));
  }

  @Override
  public void open(OpenContext context) {
    waiting =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("waiting", TypeInformation.of(FoundViolation.class)));
    counts =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("count", TypeInformation.of(WindowCount.class)));
    summaries =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("summary", TypeInformation.of(Violation.class)));
  }

  @Override
  public void processElement(Violation violation, Context context, Collector<Violation> out)
      throws Exception {
    if (config.maxPerWindow() == 0) {
      out.collect(violation);
      return;
    }
    long foundMs = context.timestamp();
    long nextWatermarkMs = context.timerService().currentWatermark() + 1;
    WindowCount count = countOf(violation, foundMs);
    count.forgottenMs =
        Math.max(count.forgottenMs, Math.max(foundMs, nextWatermarkMs) + KEPT_FOR_LATE_MS);
    if (mayPass(count) == 0) {
      suppress(count, violation, 1);
    } else {
      waiting.add(new FoundViolation(foundMs, violation));
      count.waiting++;
      count.waitingDueMs = Math.min(count.waitingDueMs, Math.max(foundMs, nextWatermarkMs));
      dropWhatCannotPass(count);
    }
    setTimer(count, context, nextWatermarkMs);
    counts.update(count);
  }

  private WindowCount countOf(Violation violation, long foundMs) throws Exception {
    WindowCount known = counts.value();
    if (known != null) {
      return known;
    }
    long timeMs = Times.toMillis(violation.timeMicros());
    WindowCount count = new WindowCount();
    count.closesMs = lastMs(timeMs) + (foundMs - timeMs);
    count.forgottenMs = count.closesMs + KEPT_FOR_LATE_MS;
    return count;
  }

  /** The last ms of the window that a time lies in. */
  private long lastMs(long timeMs) {
    return config.windowOf(timeMs) + config.windowMs() - 1;
  }

  private int mayPass(WindowCount count) {
    return (int) (config.maxPerWindow() - count.passed);
  }

  /** Of those that wait only the first can pass, whatever comes. */
  private void dropWhatCannotPass(WindowCount count) throws Exception {
    int mayPass = mayPass(count);
    if (count.waiting < 2L * mayPass) {
      return;
    }
    List<FoundViolation> sorted = waitingInOrder();
    List<FoundViolation> first = sorted.subList(0, mayPass);
    suppress(count, sorted.get(mayPass).violation(), sorted.size() - mayPass);
    keepWaiting(count, first);
  }

  private List<FoundViolation> waitingInOrder() throws Exception {
    List<FoundViolation> sorted = new ArrayList<>();
    waiting.get().forEach(sorted::add);
    sorted.sort(FoundViolation.IN_ORDER);
    return sorted;
  }

  private void keepWaiting(WindowCount count, List<FoundViolation> rest) throws Exception {
    waiting.update(rest);
    count.waiting = rest.size();
    count.waitingDueMs =
        rest.stream().mapToLong(FoundViolation::foundMs).min().orElse(WindowCount.NEVER);
  }

  private void suppress(WindowCount count, Violation one, int number) throws Exception {
    if (count.suppressed == 0) {
      summaries.update(summaryOf(one));
    }
    count.suppressed += number;
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<Violation> out)
      throws Exception {
    WindowCount count = counts.value();
    if (count == null || count.timerMs != timeMs) {
      return;
    }
    count.timerMs = WindowCount.NEVER;
    long watermarkMs = context.timerService().currentWatermark();
    if (count.waitingDueMs <= watermarkMs) {
      decideWaiting(count, watermarkMs, out);
    }
    if (count.suppressed > count.told && count.closesMs <= watermarkMs) {
      out.collect(counting(summaries.value(), count.suppressed));
      count.told = count.suppressed;
    }
    if (count.waiting == 0 && count.forgottenMs <= watermarkMs) {
      waiting.clear();
      counts.clear();
      summaries.clear();
      return;
    }
    setTimer(count, context, watermarkMs + 1);
    counts.update(count);
  }

  private void decideWaiting(WindowCount count, long watermarkMs, Collector<Violation> out)
      throws Exception {
    List<FoundViolation> rest = new ArrayList<>();
    for (FoundViolation found : waitingInOrder()) {
      if (found.foundMs() > watermarkMs) {
        rest.add(found);
      } else if (mayPass(count) > 0) {
        out.collect(found.violation());
        count.passed++;
      } else {
        suppress(count, found.violation(), 1);
      }
    }
    keepWaiting(count, rest);
  }

  private void setTimer(WindowCount count, Context context, long nextWatermarkMs) {
    long nextMs = Math.min(count.waitingDueMs, Math.max(count.forgottenMs, nextWatermarkMs));
    if (count.suppressed > count.told) {
      nextMs = Math.min(nextMs, Math.max(count.closesMs, nextWatermarkMs));
    }
    if (nextMs < count.timerMs) {
      count.timerMs = nextMs;
      context.timerService().registerEventTimeTimer(nextMs);
    }
  }

  /** What is common to all violations of a rule and window; it belongs to no case. */
  private Violation summaryOf(Violation one) {
    long startMs = config.windowOf(Times.toMillis(one.timeMicros()));
    return new Violation(
        ViolationIds.of(
            one.tenant(),
            one.ruleId(),
            one.ruleVersion(),
            "",
            List.of(),
            "summary " + one.kind() + " " + startMs + " " + config.windowMs()),
        one.tenant(),
        one.ruleId(),
        one.ruleVersion(),
        one.kind(),
        one.template(),
        one.severity(),
        "",
        "",
        null,
        null,
        (startMs + config.windowMs()) * 1_000 - 1,
        "",
        List.of(),
        Map.of(),
        one.tags(),
        one.description(),
        one.remedy(),
        false,
        0);
  }

  private Violation counting(Violation summary, long suppressed) {
    long endMicros = summary.timeMicros() + 1;
    String from = Times.format(endMicros - config.windowMs() * 1_000);
    String to = Times.format(endMicros);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("from", from);
    facts.put("to", to);
    facts.put("listed", String.valueOf(config.maxPerWindow()));
    facts.put("suppressed", String.valueOf(suppressed));
    return new Violation(
        summary.violationId(),
        summary.tenant(),
        summary.ruleId(),
        summary.ruleVersion(),
        summary.kind(),
        summary.template(),
        summary.severity(),
        summary.caseKey(),
        summary.caseId(),
        summary.runId(),
        summary.agentId(),
        summary.timeMicros(),
        String.format(
            Locale.ROOT,
            "%,d more violations of this rule between %s and %s; the first %,d are listed",
            suppressed,
            from,
            to,
            config.maxPerWindow()),
        summary.evidence(),
        facts,
        summary.tags(),
        summary.description(),
        summary.remedy(),
        summary.late(),
        suppressed);
  }
}
