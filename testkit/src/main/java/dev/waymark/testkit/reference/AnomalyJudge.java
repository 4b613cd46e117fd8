package dev.waymark.testkit.reference;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** anomaly: the count of a in a window against the key's own windows before it. */
final class AnomalyJudge implements Judge {
  private static final int MIN_WINDOWS = 8;
  private static final int MAX_WINDOWS = 24;
  private static final long LEAST_DEVIATION = 1;

  private final Terms terms;
  private final long length;
  private final IdentityHashMap<Case, List<Break>> breaks = new IdentityHashMap<>();

  AnomalyJudge(Terms terms, List<Case> cases) {
    this.terms = terms;
    this.length = Objects.requireNonNull(terms.rule().windowMicros());
    cases.stream()
        .collect(Collectors.groupingBy(in -> new Key(in.tenant(), in.key())))
        .values()
        .forEach(this::judgeKey);
  }

  @Override
  public int activations(Case in) {
    return terms.activations(in).size();
  }

  @Override
  public List<Break> breaks(Case in) {
    return breaks.getOrDefault(in, List.of());
  }

  private void judgeKey(List<Case> casesOfKey) {
    long firstWindow = windowOf(casesOfKey.get(0).first().time());
    casesOfKey.stream()
        .flatMapToLong(
            in -> LongStream.rangeClosed(windowOf(in.first().time()), windowOf(in.end())))
        .distinct()
        .filter(window -> window >= firstWindow + MIN_WINDOWS)
        .forEach(
            window -> judgeWindow(window, Math.max(firstWindow, window - MAX_WINDOWS), casesOfKey));
  }

  private void judgeWindow(long window, long firstBefore, List<Case> casesOfKey) {
    Spread usual =
        Spread.of(
            LongStream.range(firstBefore, window)
                .mapToObj(before -> (long) activationsIn(before, casesOfKey).size())
                .toList());
    List<Activation> activations = activationsIn(window, casesOfKey);
    judgeLow(usual, window, activations.size(), casesOfKey);
    for (int count = 1; count <= activations.size(); count++) {
      if (isUnusual(usual, count, 1)) {
        // Too many is certain with the one that is too many.
        Activation exceeding = activations.get(count - 1);
        add(exceeding.in, Break.at(exceeding.a.time(), exceeding.a));
        return;
      }
    }
  }

  /** Too few is certain when the window has closed, and the fault of the case then open. */
  private void judgeLow(Spread usual, long window, int count, List<Case> casesOfKey) {
    long close = (window + 1) * length;
    if (isUnusual(usual, count, -1)) {
      casesOfKey.stream()
          .filter(in -> in.first().time() < close && close <= in.end())
          .forEach(in -> add(in, Break.at(close)));
    }
  }

  private boolean isUnusual(Spread usual, long count, int side) {
    return usual.side(count) == side
        && !usual.isWithin(count, terms.rule().zeta(), LEAST_DEVIATION);
  }

  private List<Activation> activationsIn(long window, List<Case> casesOfKey) {
    Predicate<Occurrence> isInWindow = event -> windowOf(event.time()) == window;
    return casesOfKey.stream()
        .flatMap(
            in ->
                in.events().stream()
                    .filter(isInWindow.and(terms.a()))
                    .map(a -> new Activation(in, a)))
        .toList();
  }

  private long windowOf(long time) {
    return Math.floorDiv(time, length);
  }

  private void add(Case in, Break found) {
    breaks.computeIfAbsent(in, unused -> new ArrayList<>()).add(found);
  }

  private record Key(String tenant, List<String> values) {}

  private record Activation(Case in, Occurrence a) {}
}
