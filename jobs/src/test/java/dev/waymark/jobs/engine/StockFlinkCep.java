package dev.waymark.jobs.engine;

import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Step;
import dev.waymark.schemas.rule.Step.Contiguity;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.jspecify.annotations.Nullable;

/**
 * A pattern rule written with Flink's own {@code Pattern}, compiled by Flink's own compiler and run
 * on one case, all matches reported; then the first of each first event.
 */
final class StockFlinkCep {
  private static final AfterMatchSkipStrategy EVERY_MATCH = AfterMatchSkipStrategy.noSkip();

  private static final Comparator<List<Integer>> BY_EARLIER_EVENTS =
      (a, b) -> Arrays.compare(a.toArray(Integer[]::new), b.toArray(Integer[]::new));

  private final List<EventView> events;
  private final List<CompiledMatcher> matchers;
  private final Rule rule;

  private StockFlinkCep(Rule rule, List<EventView> events) {
    this.rule = rule;
    this.events = events;
    this.matchers =
        rule.steps().stream().map(step -> CompiledMatcher.of(step, failed -> {})).toList();
  }

  /** Positions of the events of every match, for a rule whose steps read no earlier ones. */
  static Set<List<Integer>> matches(Rule rule, List<EventView> events) throws Exception {
    return new StockFlinkCep(rule, events).matches();
  }

  private Set<List<Integer>> matches() throws Exception {
    NFA<Integer> nfa = NFACompiler.compileFactory(pattern(), false).createNFA();
    SharedBuffer<Integer> buffer = new SharedBuffer<>(store(), IntSerializer.INSTANCE);
    buffer.releaseCacheStatisticsTimer();
    NFAState state = nfa.createInitialNFAState();
    Map<Integer, List<Integer>> firsts = new TreeMap<>();
    for (int i = 0; i < events.size(); i++) {
      long time = micros(i);
      try (SharedBufferAccessor<Integer> accessor = buffer.getAccessor()) {
        keepFirst(firsts, nfa.advanceTime(accessor, state, time, EVERY_MATCH).f0);
        keepFirst(firsts, nfa.process(accessor, state, i, time, EVERY_MATCH, () -> 0));
      }
    }
    try (SharedBufferAccessor<Integer> accessor = buffer.getAccessor()) {
      keepFirst(firsts, nfa.advanceTime(accessor, state, Long.MAX_VALUE / 2, EVERY_MATCH).f0);
    }
    return Set.copyOf(firsts.values());
  }

  /** From 1 on, as flink-cep takes others for no time. */
  private long micros(int position) {
    return 1 + events.get(position).event().timeMicros() - events.get(0).event().timeMicros();
  }

  private static void keepFirst(
      Map<Integer, List<Integer>> firsts, Collection<Map<String, List<Integer>>> found) {
    found.stream()
        .map(match -> match.values().stream().flatMap(List::stream).sorted().toList())
        .sorted(BY_EARLIER_EVENTS)
        .forEach(match -> firsts.putIfAbsent(match.get(0), match));
  }

  private Pattern<Integer, ?> pattern() {
    Pattern<Integer, Integer> pattern = null;
    for (int i = 0; i < rule.steps().size(); i++) {
      Step step = rule.steps().get(i);
      pattern = after(pattern, step).where(new Among(matching(matchers.get(i))));
      if (step.maxTimes() > 1) {
        pattern = pattern.times(step.minTimes(), step.maxTimes());
      }
      pattern = step.optional() ? pattern.optional() : pattern;
    }
    if (pattern == null) {
      throw new IllegalArgumentException("no steps");
    }
    return rule.within() == null
        ? pattern
        : pattern.within(Duration.ofMillis(rule.within().maxMicros() + 1));
  }

  private static Pattern<Integer, Integer> after(
      @Nullable Pattern<Integer, Integer> before, Step step) {
    if (before == null) {
      return Pattern.begin(step.name());
    }
    boolean strict = step.follows() == Contiguity.STRICT;
    if (step.absent()) {
      return strict ? before.notNext(step.name()) : before.notFollowedBy(step.name());
    }
    return strict
        ? before.next(step.name())
        : step.follows() == Contiguity.RELAXED
            ? before.followedBy(step.name())
            : before.followedByAny(step.name());
  }

  private Set<Integer> matching(CompiledMatcher matcher) {
    Set<Integer> positions = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      if (matcher.matches(events.get(i))) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** Three maps on the heap. */
  private static KeyedStateStore store() {
    return (KeyedStateStore)
        Proxy.newProxyInstance(
            StockFlinkCep.class.getClassLoader(),
            new Class<?>[] {KeyedStateStore.class},
            (proxy, method, arguments) -> new MemoryMapState<>());
  }

  private static final class Among extends SimpleCondition<Integer> {
    private final HashSet<Integer> positions;

    private Among(Set<Integer> positions) {
      this.positions = new HashSet<>(positions);
    }

    @Override
    public boolean filter(Integer position) {
      return positions.contains(position);
    }
  }
}
