package dev.waymark.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** existence, absence, exactly: how often a occurs, in the case or in a sliding window. */
record CountJudge(Terms terms) implements Judge {

  @Override
  public int activations(Case in) {
    return 1;
  }

  @Override
  public List<Break> breaks(Case in) {
    List<Occurrence> found = terms.activations(in);
    int n = terms.rule().n();
    return switch (terms.rule().template()) {
      case EXISTENCE -> isWindowed() ? spellsBelow(in, found) : atLeast(n, in, found);
      case ABSENCE -> isWindowed() ? timesReached(in) : fewerThan(n, found);
      case EXACTLY -> found.size() < n ? atLeast(n, in, found) : fewerThan(n + 1, found);
      default -> throw new IllegalStateException("no counting template: " + terms.rule());
    };
  }

  private boolean isWindowed() {
    return terms.rule().windowMicros() != null;
  }

  private long window() {
    return Objects.requireNonNull(terms.rule().windowMicros());
  }

  private static List<Break> atLeast(int n, Case in, List<Occurrence> found) {
    return found.size() < n ? List.of(new Break(in.end(), found)) : List.of();
  }

  private static List<Break> fewerThan(int n, List<Occurrence> found) {
    return found.size() < n
        ? List.of()
        : List.of(new Break(found.get(n - 1).time(), found.subList(0, n)));
  }

  /**
   * A break wherever the number in {@code (t - window, t]} falls below n, or starts below it, with
   * t from the first full window to the case's end. It changes only where an a comes in or goes
   * out, so only those moments are looked at.
   */
  private List<Break> spellsBelow(Case in, List<Occurrence> found) {
    List<Break> breaks = new ArrayList<>();
    boolean wasBelow = false;
    for (long moment : momentsOfChange(in, found)) {
      long count =
          found.stream().filter(a -> a.time() > moment - window() && a.time() <= moment).count();
      boolean isBelow = count < terms.rule().n();
      if (isBelow && !wasBelow) {
        breaks.add(new Break(moment, latest(found, moment)));
      }
      wasBelow = isBelow;
    }
    return breaks;
  }

  private List<Long> momentsOfChange(Case in, List<Occurrence> found) {
    long firstFull = in.first().time() + window();
    List<Long> moments = new ArrayList<>(List.of(firstFull));
    for (Occurrence a : found) {
      moments.add(a.time());
      moments.add(a.time() + window());
    }
    return moments.stream()
        .filter(moment -> moment >= firstFull && moment <= in.end())
        .distinct()
        .sorted()
        .toList();
  }

  /** A break at each event at which n is reached; armed again by an event that sees fewer. */
  private List<Break> timesReached(Case in) {
    List<Break> breaks = new ArrayList<>();
    List<Occurrence> soFar = new ArrayList<>();
    boolean isArmed = true;
    for (Occurrence event : in.events()) {
      if (terms.a().test(event)) {
        soFar.add(event);
      }
      long from = event.time() - window();
      boolean isReached = soFar.stream().filter(a -> a.time() > from).count() >= terms.rule().n();
      if (isReached && isArmed) {
        breaks.add(new Break(event.time(), latest(soFar, event.time())));
      }
      isArmed = !isReached;
    }
    return breaks;
  }

  /** The latest n up to a moment, fewer where there are fewer. */
  private List<Occurrence> latest(List<Occurrence> found, long moment) {
    List<Occurrence> upTo = found.stream().filter(a -> a.time() <= moment).toList();
    return upTo.subList(Math.max(0, upTo.size() - terms.rule().n()), upTo.size());
  }
}
