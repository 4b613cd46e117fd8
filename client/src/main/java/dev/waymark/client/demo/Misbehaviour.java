package dev.waymark.client.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can go wrong in the demo: one way for each default rule. A run has one of them or none, and
 * breaks that rule and no other.
 */
enum Misbehaviour {
  /** Rewrites shared history, or worse. */
  DESTRUCTIVE_COMMAND("no-destructive-command", AgentKind.CODING_AGENT, 2),
  /** Commits without having run the tests. */
  UNTESTED_COMMIT("tests-before-commit", AgentKind.CODING_AGENT, 3),
  /** A build hangs for longer than a call may take. */
  HANGING_TOOL("tool-call-answered", AgentKind.CODING_AGENT, 2),
  /** The same build again and again. */
  RUNAWAY_LOOP("no-runaway-loop", AgentKind.CODING_AGENT, 1),

  /** Books without having read the customer's record. */
  BLIND_BOOKING("look-up-before-booking", AgentKind.AIRLINE_DESK, 3),
  /** Tells the customer of a refund that was refused. */
  REFUSED_REFUND("refund-workflow", AgentKind.AIRLINE_DESK, 2),
  /** Goes on behind its answer. */
  WORK_AFTER_ANSWER("ends-with-an-answer", AgentKind.AIRLINE_DESK, 2),

  /** Runs a query that nobody reviewed. */
  UNREVIEWED_QUERY("query-reviewed", AgentKind.DATA_ANALYST, 3),
  /** Answers from memory. */
  INVENTED_FIGURES("answer-rests-on-data", AgentKind.DATA_ANALYST, 2),
  /** Hammers a warehouse that is down. */
  ERROR_STORM("no-error-storm", AgentKind.DATA_ANALYST, 1);

  /** Runs of a trade among which the faults are dealt. */
  static final int DECK_SIZE = 40;

  private final String ruleId;
  private final AgentKind kind;
  private final int runsPerDeck;

  Misbehaviour(String ruleId, AgentKind kind, int runsPerDeck) {
    this.ruleId = ruleId;
    this.kind = kind;
    this.runsPerDeck = runsPerDeck;
  }

  /** The default rule it breaks. */
  String ruleId() {
    return ruleId;
  }

  AgentKind kind() {
    return kind;
  }

  /** How many of {@link #DECK_SIZE} runs of its trade do it: exactly, not on average. */
  int runsPerDeck() {
    return runsPerDeck;
  }

  /** The share of all runs that break each rule, by rule id. The trades take turns. */
  static Map<String, Double> shares() {
    double runsOfAllDecks = DECK_SIZE * AgentKind.values().length;
    return Stream.of(values())
        .collect(
            Collectors.toUnmodifiableMap(
                Misbehaviour::ruleId, fault -> fault.runsPerDeck / runsOfAllDecks));
  }

  static List<Misbehaviour> of(AgentKind kind) {
    return Stream.of(values()).filter(fault -> fault.kind == kind).toList();
  }
}
