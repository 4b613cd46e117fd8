package dev.waymark.testkit.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.rule.Mode;
import dev.waymark.schemas.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Judges rules on a finished log by their definitions (DECLARE on finite traces: Pesic, Schonenberg
 * &amp; van der Aalst 2007; De Giacomo &amp; Vardi 2013; time and data: Burattin, Maggi &amp;
 * Sperduti 2016).
 *
 * <p>In: rules in force from the beginning, events in order of arrival (which only tells which of
 * two with one identity counts), control records. The log is sorted whole, so nothing is late; its
 * end ends the cases still open. Out: a verdict a rule and case that it applies to. Rules in shadow
 * are judged like active ones, disabled ones not at all.
 */
public final class ReferenceEvaluator {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReferenceEvaluator() {}

  /**
   * The verdicts in the order of the rules, each rule's in the order of its cases' first events.
   */
  public static List<Verdict> judge(
      List<Rule> rules, List<Event> events, List<Finalize> finalizes) {
    if (events.isEmpty()) {
      return List.of();
    }
    Log log = Log.of(events, finalizes);
    List<Verdict> verdicts = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.mode() != Mode.DISABLED) {
        verdicts.addAll(judge(rule, log));
      }
    }
    return List.copyOf(verdicts);
  }

  /** All findings of {@link #judge}, in order of time. */
  public static List<Finding> findings(
      List<Rule> rules, List<Event> events, List<Finalize> finalizes) {
    return judge(rules, events, finalizes).stream()
        .flatMap(verdict -> verdict.findings().stream())
        .sorted(Comparator.comparingLong(Finding::timeMicros))
        .toList();
  }

  private static List<Verdict> judge(Rule rule, Log log) {
    List<Case> cases =
        Cases.of(rule, log).stream()
            .filter(in -> NaiveGlob.matches(rule.scope().tenant(), in.tenant()))
            .toList();
    Terms terms = Terms.of(rule);
    Judge judge = judgeOf(terms, cases, log);
    return cases.stream()
        .filter(in -> in.events().stream().anyMatch(terms::isInScope))
        .map(in -> verdict(terms, judge, in))
        .toList();
  }

  private static Judge judgeOf(Terms terms, List<Case> cases, Log log) {
    return switch (terms.rule().template()) {
      case EXISTENCE, ABSENCE, EXACTLY -> new CountJudge(terms);
      case INIT, END -> new PositionJudge(terms);
      case CHOICE, EXCLUSIVE_CHOICE, RESPONDED_EXISTENCE, CO_EXISTENCE, NOT_CO_EXISTENCE ->
          new OccurrenceJudge(terms);
      case RESPONSE, PRECEDENCE, SUCCESSION -> new RelationJudge(terms);
      case ALTERNATE_RESPONSE, ALTERNATE_PRECEDENCE, ALTERNATE_SUCCESSION ->
          new RelationJudge(terms);
      case CHAIN_RESPONSE, CHAIN_PRECEDENCE, CHAIN_SUCCESSION -> new RelationJudge(terms);
      case NOT_SUCCESSION, NOT_CHAIN_SUCCESSION -> new RelationJudge(terms);
      case IDLE -> new IdleJudge(terms);
      case STEPS -> new StepsJudge(terms);
      case PATTERN -> new PatternJudge(terms);
      case PROFILE -> new ProfileJudge(terms, cases, log);
      case ANOMALY -> new AnomalyJudge(terms, cases);
    };
  }

  private static Verdict verdict(Terms terms, Judge judge, Case in) {
    long inScopeFrom =
        in.events().stream().filter(terms::isInScope).findFirst().orElseThrow().time();
    List<Finding> findings =
        judge.breaks(in).stream()
            .map(found -> finding(terms.rule(), in, found, inScopeFrom))
            .sorted(Comparator.comparingLong(Finding::timeMicros))
            .toList();
    int activations = judge.activations(in);
    return new Verdict(
        terms.rule().id(),
        in.tenant(),
        shown(in.key()),
        in.id(),
        in.end(),
        outcome(findings, activations),
        activations,
        findings);
  }

  /** Before an event in scope nobody can know that the rule is about this case. */
  private static Finding finding(Rule rule, Case in, Break found, long inScopeFrom) {
    return new Finding(
        rule.id(),
        in.tenant(),
        shown(in.key()),
        in.id(),
        Math.max(found.timeMicros(), inScopeFrom),
        found.evidence().stream().map(event -> Witness.of(event.event())).toList());
  }

  private static Outcome outcome(List<Finding> findings, int activations) {
    if (!findings.isEmpty()) {
      return Outcome.BROKEN;
    }
    return activations == 0 ? Outcome.VACUOUS : Outcome.HELD;
  }

  private static String shown(List<String> key) {
    if (key.size() == 1) {
      return key.get(0);
    }
    ArrayNode array = JSON.createArrayNode();
    key.forEach(array::add);
    return array.toString();
  }
}
