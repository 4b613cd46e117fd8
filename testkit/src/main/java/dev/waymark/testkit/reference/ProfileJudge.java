package dev.waymark.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * profile: the gap from an a to the next b against the gaps of the same tenant and agent before it.
 */
final class ProfileJudge implements Judge {
  private static final int MIN_SAMPLES = 30;

  private final Terms terms;
  private final IdentityHashMap<Case, List<Break>> breaks = new IdentityHashMap<>();

  ProfileJudge(Terms terms, List<Case> cases, Log log) {
    this.terms = terms;
    IdentityHashMap<Occurrence, Integer> order = new IdentityHashMap<>();
    log.events().forEach(event -> order.put(event, order.size()));
    List<Gap> gaps = new ArrayList<>();
    cases.forEach(in -> collect(in, gaps));
    gaps.sort(
        Comparator.<Gap>comparingInt(gap -> order.get(gap.b))
            .thenComparingInt(gap -> order.get(gap.a)));
    Map<List<String>, List<Long>> learnt = new HashMap<>();
    for (Gap gap : gaps) {
      List<Long> before =
          learnt.computeIfAbsent(
              List.of(gap.in.tenant(), gap.a.event().agentId()), unused -> new ArrayList<>());
      judge(gap, before);
      before.add(gap.micros());
    }
  }

  @Override
  public int activations(Case in) {
    return terms.activations(in).size();
  }

  @Override
  public List<Break> breaks(Case in) {
    return breaks.getOrDefault(in, List.of());
  }

  private void collect(Case in, List<Gap> gaps) {
    for (int i = 0; i < in.size(); i++) {
      Occurrence a = in.at(i);
      if (terms.a().test(a)) {
        in.events().subList(i + 1, in.size()).stream()
            .filter(b -> terms.b().test(b) && terms.answers().test(a, b))
            .findFirst()
            .ifPresent(b -> gaps.add(new Gap(in, a, b)));
      }
    }
  }

  private void judge(Gap gap, List<Long> before) {
    if (before.size() >= MIN_SAMPLES
        && !Spread.of(before).isWithin(gap.micros(), terms.rule().zeta(), 0)) {
      breaks
          .computeIfAbsent(gap.in, unused -> new ArrayList<>())
          .add(Break.at(gap.b.time(), gap.a, gap.b));
    }
  }

  private record Gap(Case in, Occurrence a, Occurrence b) {
    long micros() {
      return b.time() - a.time();
    }
  }
}
