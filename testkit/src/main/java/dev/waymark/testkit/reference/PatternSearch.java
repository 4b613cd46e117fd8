package dev.waymark.testkit.reference;

import dev.waymark.schemas.rule.Step;
import dev.waymark.schemas.rule.Step.Contiguity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tries every way to read a pattern into a case from one first event on. */
final class PatternSearch {
  private final Pattern pattern;
  private final Case in;
  private final int first;
  private final List<PatternMatch> matches = new ArrayList<>();

  PatternSearch(Pattern pattern, Case in, int first) {
    this.pattern = pattern;
    this.in = in;
    this.first = first;
  }

  /** The match that is complete first. */
  Optional<PatternMatch> earliest() {
    begin(0, List.of(), List.of());
    return matches.stream().min(PatternMatch::compareTo);
  }

  /** All parts before this one are done; these absent steps wait for the next event taken. */
  private void begin(int part, List<Taken> taken, List<Pattern.Item> absent) {
    if (part == pattern.parts().size()) {
      complete(taken);
      return;
    }
    List<Pattern.Item> allAbsent =
        Stream.concat(absent.stream(), pattern.parts().get(part).absentBefore().stream()).toList();
    if (step(part).optional()) {
      begin(part + 1, taken, allAbsent);
    }
    take(part, 1, step(part).follows(), taken, allAbsent);
  }

  /** This part has taken so many events. */
  private void goOn(int part, int times, List<Taken> taken) {
    if (times >= step(part).minTimes()) {
      begin(part + 1, taken, List.of());
    }
    if (times < step(part).maxTimes()) {
      take(part, times + 1, Contiguity.RELAXED, taken, List.of());
    }
  }

  private void take(
      int part, int times, Contiguity follows, List<Taken> taken, List<Pattern.Item> absent) {
    candidates(part, follows, taken)
        .filter(next -> isInTime(next) && staysAbsent(absent, taken, next))
        .forEach(
            next ->
                goOn(
                    part,
                    times,
                    Stream.concat(taken.stream(), Stream.of(new Taken(step(part).name(), next)))
                        .toList()));
  }

  private IntStream candidates(int part, Contiguity follows, List<Taken> taken) {
    if (taken.isEmpty()) {
      return IntStream.of(first).filter(i -> takes(part, i, taken));
    }
    int next = lastOf(taken) + 1;
    IntStream matching = IntStream.range(next, in.size()).filter(i -> takes(part, i, taken));
    return switch (follows) {
      case STRICT -> matching.filter(i -> i == next);
      case RELAXED -> matching.limit(1);
      case ANY -> matching;
    };
  }

  private boolean takes(int part, int position, List<Taken> taken) {
    return pattern.takes(part, in.at(position), byStep(taken));
  }

  private boolean isInTime(int position) {
    return in.at(position).time() <= limit();
  }

  private long limit() {
    return pattern.within() == null
        ? Long.MAX_VALUE
        : in.at(first).time() + pattern.within().maxMicros();
  }

  private boolean staysAbsent(List<Pattern.Item> absent, List<Taken> taken, int next) {
    if (taken.isEmpty()) {
      // Left-out optional steps came before: there is nothing yet that the absence could follow.
      return true;
    }
    return absent.stream()
        .allMatch(
            item ->
                item.step().follows() == Contiguity.STRICT
                    ? !isAt(item, lastOf(taken) + 1, taken)
                    : IntStream.range(lastOf(taken) + 1, next)
                        .noneMatch(i -> isAt(item, i, taken)));
  }

  private boolean isAt(Pattern.Item item, int position, List<Taken> taken) {
    return item.matches(in.at(position), byStep(taken));
  }

  /** Every event is taken; what must stay absent at the end is still to be seen. */
  private void complete(List<Taken> taken) {
    List<Integer> positions = taken.stream().map(Taken::position).toList();
    PatternMatch match = new PatternMatch(positions, lastOf(taken), in.at(lastOf(taken)).time());
    for (Pattern.Item item : pattern.stays()) {
      Optional<PatternMatch> later = withAbsentEnd(item, taken, positions);
      if (later.isEmpty()) {
        return;
      }
      match = Stream.of(match, later.get()).max(PatternMatch::compareTo).orElseThrow();
    }
    matches.add(match);
  }

  private Optional<PatternMatch> withAbsentEnd(
      Pattern.Item item, List<Taken> taken, List<Integer> positions) {
    int next = lastOf(taken) + 1;
    List<Integer> after = IntStream.range(next, in.size()).filter(this::isInTime).boxed().toList();
    PatternMatch byTime = new PatternMatch(positions, PatternMatch.BY_TIME, in.orEnd(limit()));
    if (item.step().follows() != Contiguity.STRICT || after.isEmpty()) {
      boolean isAbsent = after.stream().noneMatch(i -> isAt(item, i, taken));
      return isAbsent ? Optional.of(byTime) : Optional.empty();
    }
    return isAt(item, next, taken)
        ? Optional.empty()
        : Optional.of(new PatternMatch(positions, next, in.at(next).time()));
  }

  private Step step(int part) {
    return pattern.parts().get(part).item().step();
  }

  private static int lastOf(List<Taken> taken) {
    return taken.get(taken.size() - 1).position();
  }

  /** What conditions read as {@code step}. */
  private Map<String, List<Map<String, Object>>> byStep(List<Taken> taken) {
    Map<String, List<Map<String, Object>>> byStep = new LinkedHashMap<>();
    taken.forEach(
        one ->
            byStep
                .computeIfAbsent(one.step, unused -> new ArrayList<>())
                .add(in.at(one.position).json()));
    return byStep;
  }

  private record Taken(String step, int position) {}
}
