package dev.waymark.benchmarks.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/** Variant D: the hand-written rules over a hash map in one loop, without state that survives. */
final class PlainLoop {
  private static final long OUT_OF_ORDERNESS_MICROS = 5_000_000;

  private record Due(long micros, HandRules rules) {}

  private final StepParser parser = new StepParser();
  private final Map<String, HandRules> runs = new HashMap<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::micros));
  private final Set<Finding> found = new HashSet<>();
  private long highestMicros = Long.MIN_VALUE;

  /** What the rules find in a workload, as text. */
  static Set<String> findings(Workload workload) {
    Workload.Events events = workload.opened();
    PlainLoop loop = new PlainLoop();
    for (int event = 0; event < workload.events(); event++) {
      loop.take(events.get(event));
    }
    return loop.finish().stream().map(Finding::toString).collect(Collectors.toSet());
  }

  void take(byte[] event) {
    Step step = parse(event);
    HandRules rules = runs.computeIfAbsent(step.run(), HandRules::new);
    if (rules.offer(step)) {
      setTimer(rules);
    }
    if (step.timeMicros() > highestMicros) {
      highestMicros = step.timeMicros();
      advance(highestMicros - OUT_OF_ORDERNESS_MICROS);
    }
  }

  private Step parse(byte[] event) {
    try {
      return parser.parse(event);
    } catch (IOException e) {
      throw new UncheckedIOException("an event of our own", e);
    }
  }

  /** The input is over: all that is open ends. */
  Set<Finding> finish() {
    advance(HandRules.NEVER - 1);
    return found;
  }

  private void advance(long toMicros) {
    while (!queue.isEmpty() && queue.peek().micros() <= toMicros) {
      Due due = queue.remove();
      HandRules rules = due.rules();
      if (!rules.takeTimer(Math.floorDiv(due.micros(), 1_000))) {
        continue;
      }
      rules.advance(due.micros(), found::add);
      if (rules.isForgotten(due.micros())) {
        runs.remove(rules.run());
      } else {
        setTimer(rules);
      }
    }
  }

  private void setTimer(HandRules rules) {
    long timerMicros = rules.timerToSet();
    if (timerMicros != HandRules.NEVER) {
      queue.add(new Due(timerMicros, rules));
    }
  }
}
