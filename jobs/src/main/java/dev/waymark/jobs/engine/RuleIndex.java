package dev.waymark.jobs.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of one kind of case, found by event: a rule costs nothing for an event that cannot
 * match it. What the rules make of an {@link EventClass} is worked out at its first event and kept.
 */
final class RuleIndex {
  /** Actions come from outside, so there may be any number of classes. */
  private static final int MAX_CLASSES = 20_000;

  /**
   * A rule that an event may concern, with the symbols it has for certain and those to be looked
   * at.
   */
  record Candidate(int ordinal, long certain, long open) {}

  /**
   * The rules that events of a class may concern.
   *
   * @param opening those that may begin something
   * @param answering those that only go on in a case that they have touched, by ordinal
   */
  record Candidates(List<Candidate> opening, Map<Integer, Candidate> answering) {}

  final CompiledRule[] rules;
  final boolean hasAgentScopes;
  final int[] startingWithCase;
  final int[] watchingEveryEvent;

  /** Of the rules without an agent scope. */
  final int[] judgingUntouched;

  private final Map<EventClass, Candidates> byClass = new HashMap<>();
  private final Map<String, int[]> byAgent = new HashMap<>();
  private final Map<Long, Integer> byReference = new HashMap<>();

  RuleIndex(List<CompiledRule> rules) {
    this.rules = rules.toArray(CompiledRule[]::new);
    this.hasAgentScopes = rules.stream().anyMatch(rule -> !rule.coversAnyAgent());
    this.startingWithCase = ordinals(rules, rule -> rule.judge.startsWithCase());
    this.watchingEveryEvent = ordinals(rules, rule -> rule.judge.watchesEveryEvent());
    this.judgingUntouched =
        ordinals(rules, rule -> rule.coversAnyAgent() && rule.judge.judgesUntouched());
    for (int i = 0; i < this.rules.length; i++) {
      byReference.put(this.rules[i].reference, i);
    }
  }

  /** The rules an event may concern, without those that watch every event. */
  Candidates candidates(EventClass events) {
    Candidates known = byClass.get(events);
    if (known != null) {
      return known;
    }
    if (byClass.size() >= MAX_CLASSES) {
      byClass.clear();
    }
    Candidates found = find(events);
    byClass.put(events, found);
    return found;
  }

  /**
   * The rules whose agent scope covers this agent; rules without such a scope are not among them.
   */
  int[] scopedTo(String agent) {
    int[] known = byAgent.get(agent);
    if (known != null) {
      return known;
    }
    if (byAgent.size() >= MAX_CLASSES) {
      byAgent.clear();
    }
    int[] found =
        ordinals(List.of(rules), rule -> !rule.coversAnyAgent() && rule.coversAgent(agent));
    byAgent.put(agent, found);
    return found;
  }

  /** The rules whose agent scope covers one of these agents at least. */
  int[] scopedTo(Set<String> agents) {
    if (agents.size() == 1) {
      return scopedTo(agents.iterator().next());
    }
    return agents.stream()
        .flatMapToInt(agent -> Arrays.stream(scopedTo(agent)))
        .distinct()
        .toArray();
  }

  private Candidates find(EventClass events) {
    Candidates found = new Candidates(new ArrayList<>(), new HashMap<>());
    for (int i = 0; i < rules.length; i++) {
      long possible = rules[i].possibleSymbols(events);
      if (possible != 0 && !rules[i].judge.watchesEveryEvent()) {
        long certain = rules[i].certainSymbols(events);
        Candidate candidate = new Candidate(i, certain, possible & ~certain);
        if (rules[i].judge.opensWith(possible)) {
          found.opening.add(candidate);
        } else {
          found.answering.put(i, candidate);
        }
      }
    }
    return found;
  }

  /** The index of the rule version that stored state calls so; -1: it is not among these. */
  int ordinal(long reference) {
    return byReference.getOrDefault(reference, -1);
  }

  /** Whether any of these rules looks at what another version of it looked at. */
  boolean measures(long measure) {
    return Arrays.stream(rules).anyMatch(rule -> rule.measure == measure);
  }

  private static int[] ordinals(
      List<CompiledRule> rules, java.util.function.Predicate<CompiledRule> wanted) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      if (wanted.test(rules.get(i))) {
        found.add(i);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }
}
