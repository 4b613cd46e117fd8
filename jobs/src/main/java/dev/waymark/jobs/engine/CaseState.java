package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.CaseConfig;
import dev.waymark.schemas.rule.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An open case: its span, its last event, and the state of the rules it touched. */
public final class CaseState {
  private static final int NO_STATES = 0;

  final String tenant;
  final String key;
  final CaseConfig config;
  final List<String> keyFields;
  final Mark first;
  final String firstAgent;

  /** Time from which versions in force are looked up: that of the case's first event. */
  final long ruledFromMicros;

  /** Agents whose events are in the case; kept only where rules have a scope. */
  final Set<String> agents = new TreeSet<>();

  /** Position of the next event. */
  long events;

  long lastMicros;
  @Nullable Mark last;

  /**
   * When the case ends by its first agent's final output; {@link Long#MAX_VALUE}: no such output
   * yet.
   */
  long finalEndMicros = Long.MAX_VALUE;

  boolean sawFinalOutput;
  boolean late;

  /** It is one beyond the limit of open cases: its events are taken and not judged. */
  boolean unjudged;

  /** Its verdicts are given; transient, as ended cases are not kept. */
  boolean ended;

  /** Rules whose versions came into force up to this time have been taken over. */
  long rulesAsOfMicros;

  /**
   * How far the rules topic had been read when the case began: what came later was not in force for
   * it.
   */
  long knownChanges;

  /** Rules of this case, with the index of each. Transient: found again from the rule book. */
  @Nullable RuleIndex rules;

  /** When the next deadline of any of its rules falls; transient. */
  long ruleDueMicros = Long.MIN_VALUE;

  /** References of rules that came into force anew and wait for their first event. */
  final Set<Long> unstarted = new TreeSet<>();

  /** Those of its key: {@link KeyCases#windowCounts}. */
  Map<Long, WindowCounts> windowCounts = Map.of();

  private int[] ordinals = new int[4];
  private RuleState[] states = new RuleState[4];
  private int touched = NO_STATES;

  CaseState(
      String tenant,
      String key,
      List<String> keyFields,
      CaseConfig config,
      Mark first,
      String firstAgent,
      long ruledFromMicros) {
    this.tenant = tenant;
    this.key = key;
    this.config = config;
    this.keyFields = keyFields;
    this.first = first;
    this.firstAgent = firstAgent;
    this.ruledFromMicros = ruledFromMicros;
    this.lastMicros = first.timeMicros();
    this.rulesAsOfMicros = ruledFromMicros;
  }

  static CaseState beginningWith(
      Event event, String key, List<String> keyFields, CaseConfig config, long ruledFromMicros) {
    return new CaseState(
        event.tenant(),
        key,
        keyFields,
        config,
        Mark.of(event, 0, event.agentId(), Mark.UNCORRELATED),
        event.agentId(),
        ruledFromMicros);
  }

  /**
   * Where the case begins for a rule: its first event, or the first since the rule came into force
   * anew.
   */
  public Mark first(RuleState state) {
    return state.start != null ? state.start : first;
  }

  /** The event before the one being judged; null: there is none. */
  public @Nullable Mark last() {
    return last;
  }

  public long lastMicros() {
    return lastMicros;
  }

  public boolean sawFinalOutput() {
    return sawFinalOutput;
  }

  boolean isEnded() {
    return ended;
  }

  /** Whether a rule's scope covers an agent of the case. */
  boolean concerns(CompiledRule rule) {
    return rule.coversAnyAgent() || agents.stream().anyMatch(rule::coversAgent);
  }

  /** Whether a final output of this agent is the first that ends the case; only runs end so. */
  boolean endsByFinalOutput(String agent) {
    return keyFields.equals(Rule.RUN_KEY)
        && finalEndMicros == Long.MAX_VALUE
        && agent.equals(firstAgent);
  }

  /** How many events the case had before the one being judged. */
  public long position() {
    return events;
  }

  /** Key and first event: what a violation calls its case. */
  String id(RuleState state) {
    return id(key, first(state));
  }

  static String id(String key, Mark begin) {
    return key + "@" + Times.format(begin.timeMicros()) + "/" + begin.runId() + "/" + begin.seq();
  }

  /** When the case ends by itself; {@link Long#MAX_VALUE}: never. */
  long endMicros() {
    long silent = config.timesOut() ? lastMicros + config.timeoutMicros() : Long.MAX_VALUE;
    return Math.min(silent, finalEndMicros);
  }

  int touched() {
    return touched;
  }

  int ordinal(int i) {
    return ordinals[i];
  }

  RuleState state(int i) {
    return states[i];
  }

  /** The state of a rule; null: not touched yet. */
  @Nullable RuleState find(int ordinal) {
    int at = Arrays.binarySearch(ordinals, 0, touched, ordinal);
    return at < 0 ? null : states[at];
  }

  RuleState findOrAdd(int ordinal) {
    int at = Arrays.binarySearch(ordinals, 0, touched, ordinal);
    if (at >= 0) {
      return states[at];
    }
    RuleState added = new RuleState();
    put(ordinal, added);
    return added;
  }

  void put(int ordinal, RuleState state) {
    int at = -1 - Arrays.binarySearch(ordinals, 0, touched, ordinal);
    if (at < 0) {
      throw new IllegalStateException(
          "rule " + ordinal + " has a state already in the case of " + key);
    }
    if (touched == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * touched);
      states = Arrays.copyOf(states, 2 * touched);
    }
    System.arraycopy(ordinals, at, ordinals, at + 1, touched - at);
    System.arraycopy(states, at, states, at + 1, touched - at);
    ordinals[at] = ordinal;
    states[at] = state;
    touched++;
  }

  void clearStates() {
    Arrays.fill(states, 0, touched, null);
    touched = NO_STATES;
  }
}
