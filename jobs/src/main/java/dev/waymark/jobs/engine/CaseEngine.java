package dev.waymark.jobs.engine;

import com.google.common.math.LongMath;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.CaseConfig;
import dev.waymark.schemas.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the cases of one sort of key. Events of a key come in the order of the rule language, time
 * is moved by events and by {@link #advance}; both only ever forwards, save for late events, which
 * join an open case after what was judged.
 *
 * <p>Not thread-safe; keeps no case itself: state is the caller's {@link KeyCases}.
 */
public final class CaseEngine {
  private final List<String> keyFields;
  private final boolean keyedByRun;
  private final RuleBook book;
  private final EngineLimits limits;
  private final OpenCases openCases;
  private final long horizonMicros;
  private final Findings findings;
  private final Map<RuleIndex, Map<String, Tally>> tallies = new HashMap<>();
  private @Nullable Tally lastTally;

  /** What became of an event. */
  public enum Reception {
    /** Some case judged it. */
    JUDGED,
    /** Only cases beyond the limit took it, which are not judged. */
    BEYOND_LIMIT,
    /** No case took it. */
    NO_CASE
  }

  /** Shares no limit, and knows the windows of a key for ever. */
  public CaseEngine(List<String> keyFields, RuleBook book, EngineLimits limits, Findings findings) {
    this(
        keyFields, book, limits, new OpenCases(limits.maxOpenCases(), 1), Long.MAX_VALUE, findings);
  }

  /**
   * @param openCases those of this engine and of others that share a limit with it
   * @param horizonMicros how long after the last case of a key its windows are known
   */
  CaseEngine(
      List<String> keyFields,
      RuleBook book,
      EngineLimits limits,
      OpenCases openCases,
      long horizonMicros,
      Findings findings) {
    this.keyFields = keyFields;
    this.keyedByRun = keyFields.equals(Rule.RUN_KEY);
    this.book = book;
    this.limits = limits;
    this.openCases = openCases;
    this.horizonMicros = horizonMicros;
    this.findings = findings;
  }

  /**
   * Judges the next event of a key.
   *
   * @param settleMicros only cases that settle for so long take the event
   * @param late whether it came behind time: it joins open cases and opens none
   */
  public Reception onEvent(
      KeyCases cases, String key, Event event, boolean late, long settleMicros) {
    long time = event.timeMicros();
    advance(cases, settleMicros, time - 1);
    forget(cases, time - 1 + settleMicros);
    if (!late) {
      openCases(cases, key, event, settleMicros);
    }
    EventView view = new EventView(event);
    Reception reception = Reception.NO_CASE;
    for (CaseState aCase : cases.open) {
      if (aCase.config.settleMicros() != settleMicros) {
        continue;
      }
      if (aCase.unjudged) {
        remember(aCase, event);
        reception = reception == Reception.JUDGED ? reception : Reception.BEYOND_LIMIT;
      } else {
        takeOverRules(aCase, time);
        startAnew(aCase, view);
        judge(aCase, view, late);
        reception = Reception.JUDGED;
      }
    }
    if (reception != Reception.NO_CASE) {
      cases.firstMicros = cases.firstMicros == KeyCases.NONE ? time : cases.firstMicros;
      cases.lastMicros = Math.max(cases.lastMicros, time);
    }
    return reception;
  }

  /**
   * Moves time to {@code toMicros}, inclusive: deadlines fire and cases end, each as late as it
   * settles.
   */
  public void advance(KeyCases cases, long toMicros) {
    boolean ended = false;
    for (CaseState aCase : cases.open) {
      ended |= advance(aCase, toMicros - aCase.config.settleMicros());
    }
    if (ended) {
      dropEnded(cases);
    }
    forget(cases, toMicros);
  }

  private void forget(KeyCases cases, long toMicros) {
    if (!cases.windowCounts.isEmpty()) {
      cases.windowCounts.values().removeIf(counts -> forgetAtMicros(counts) <= toMicros);
    }
  }

  private long forgetAtMicros(WindowCounts counts) {
    return LongMath.saturatedAdd(counts.endedMicros, horizonMicros);
  }

  private void advance(KeyCases cases, long settleMicros, long toMicros) {
    boolean ended = false;
    for (CaseState aCase : cases.open) {
      ended |= aCase.config.settleMicros() == settleMicros && advance(aCase, toMicros);
    }
    if (ended) {
      dropEnded(cases);
    }
  }

  /**
   * The run is over: its cases end at {@code atMicros}, or at their last event if that is later.
   */
  public void onFinalize(KeyCases cases, long atMicros, long settleMicros) {
    advance(cases, settleMicros, atMicros);
    for (CaseState aCase : cases.open) {
      if (aCase.config.settleMicros() == settleMicros && aCase.first.timeMicros() <= atMicros) {
        end(aCase, Math.max(atMicros, aCase.lastMicros));
      }
    }
    dropEnded(cases);
  }

  /** The bounded input is over: what is open ends at its last event's time. */
  public void onEndOfInput(KeyCases cases, long lastMicros) {
    for (CaseState aCase : cases.open) {
      if (!advance(aCase, lastMicros)) {
        end(aCase, lastMicros);
      }
    }
    dropEnded(cases);
  }

  private static void dropEnded(KeyCases cases) {
    cases.open.removeIf(CaseState::isEnded);
    if (cases.open.isEmpty()) {
      cases.firstMicros = KeyCases.NONE;
      cases.lastMicros = KeyCases.NONE;
    }
  }

  /**
   * When {@link #advance} has something to do next; {@link Judge#NEVER}: not without another event.
   */
  public long dueMicros(KeyCases cases) {
    long due = Judge.NEVER;
    for (CaseState aCase : cases.open) {
      long next = Math.min(aCase.endMicros(), ruleDue(aCase));
      due = Math.min(due, next == Judge.NEVER ? next : next + aCase.config.settleMicros());
    }
    for (WindowCounts counts : cases.windowCounts.values()) {
      due = Math.min(due, forgetAtMicros(counts));
    }
    return due;
  }

  /** How the rules stand in a key's open cases. Changes nothing. */
  public List<OpenRule> openRules(KeyCases cases) {
    List<OpenRule> open = new ArrayList<>();
    for (CaseState aCase : cases.open) {
      CompiledRule[] rules = rules(aCase).rules;
      for (int ordinal = 0; ordinal < rules.length; ordinal++) {
        if (aCase.concerns(rules[ordinal])) {
          open.add(openRule(aCase, ordinal, rules[ordinal]));
        }
      }
    }
    return open;
  }

  private OpenRule openRule(CaseState aCase, int ordinal, CompiledRule rule) {
    RuleState state = aCase.find(ordinal);
    Bench bench = new Bench(aCase, null, tally(aCase), limits, findings);
    long due = state == null ? Judge.NEVER : rule.judge.due(bench.hearing(ordinal), state);
    List<Mark> pending = state == null ? List.of() : List.copyOf(state.pending);
    return new OpenRule(rule.rule, rule.version, aCase.endMicros(), due, pending);
  }

  /** Finds the rules of a case read from state. */
  public RuleIndex rulesOf(CaseState aCase) {
    return rules(aCase);
  }

  /** Hands over the outcomes since the last call. */
  public void drainOutcomes(Consumer<OutcomeDelta> to) {
    for (Map<String, Tally> byTenant : tallies.values()) {
      for (Tally tally : byTenant.values()) {
        for (int i = 0; i < tally.rules.rules.length; i++) {
          OutcomeDelta delta = tally.outcome(i);
          if (!delta.isEmpty()) {
            to.accept(delta);
          }
        }
      }
    }
    tallies.clear();
    lastTally = null;
  }

  private void openCases(KeyCases cases, String key, Event event, long settleMicros) {
    for (CaseConfig config : book.configs(keyFields, event.tenant(), event.timeMicros())) {
      if (config.settleMicros() == settleMicros && !isOpen(cases, config)) {
        open(cases, key, event, config);
      }
    }
  }

  private static boolean isOpen(KeyCases cases, CaseConfig config) {
    for (CaseState aCase : cases.open) {
      if (aCase.config.equals(config)) {
        return true;
      }
    }
    return false;
  }

  private void open(KeyCases cases, String key, Event event, CaseConfig config) {
    CaseState opened =
        CaseState.beginningWith(event, key, keyFields, config, ruledFrom(cases, event, config));
    opened.knownChanges = book.known();
    opened.rulesAsOfMicros = event.timeMicros();
    opened.windowCounts = cases.windowCounts;
    cases.open.add(opened);
    if (openCases.isFull()) {
      turnAway(opened, event);
      return;
    }
    openCases.opened();
    tally(opened).opened++;
    for (int ordinal : rules(opened).startingWithCase) {
      start(opened, ordinal, opened.findOrAdd(ordinal));
    }
  }

  /** The case is known until its end, so that it is never judged without its beginning. */
  private void turnAway(CaseState opened, Event first) {
    opened.unjudged = true;
    findings.caseNotOpened();
    findings.violation(
        CaseLimit.OPEN_CASES.reached(first, opened.key, keyedByRun, openCases.max()),
        first.timeMicros() + opened.config.settleMicros());
  }

  /**
   * A configuration that came into use in mid-run: the case is as old as the run, and so are its
   * rules.
   */
  private long ruledFrom(KeyCases cases, Event event, CaseConfig config) {
    boolean newInMidRun =
        keyedByRun
            && cases.firstMicros != KeyCases.NONE
            && !book.configs(keyFields, event.tenant(), cases.lastMicros).contains(config)
            && (!config.timesOut()
                || event.timeMicros() <= cases.lastMicros + config.timeoutMicros());
    return newInMidRun ? cases.firstMicros : event.timeMicros();
  }

  private RuleIndex rules(CaseState aCase) {
    RuleIndex rules = aCase.rules;
    if (rules == null) {
      rules = book.index(keyFields, aCase, aCase.rulesAsOfMicros);
      aCase.rules = rules;
    }
    return rules;
  }

  private Tally tally(CaseState aCase) {
    RuleIndex rules = rules(aCase);
    Tally last = lastTally;
    if (last != null && last.rules == rules && last.tenant.equals(aCase.tenant)) {
      return last;
    }
    Tally tally =
        tallies
            .computeIfAbsent(rules, index -> new HashMap<>(2))
            .computeIfAbsent(aCase.tenant, tenant -> new Tally(tenant, rules));
    lastTally = tally;
    return tally;
  }

  private void judge(CaseState aCase, EventView view, boolean late) {
    Event event = view.event();
    RuleIndex rules = rules(aCase);
    Tally tally = tally(aCase);
    if (rules.hasAgentScopes) {
      enterAgent(aCase, event, tally);
    }
    if (late) {
      aCase.late = true;
    }
    Bench bench = new Bench(aCase, view, tally, limits, findings);
    judgeAwaiting(aCase, view, bench);
    RuleIndex.Candidates candidates = rules.candidates(EventClass.of(event));
    if (!candidates.answering().isEmpty()) {
      judgeAnswering(aCase, view, bench, candidates.answering());
    }
    for (RuleIndex.Candidate candidate : candidates.opening()) {
      judge(aCase, view, bench, candidate);
    }
    for (int ordinal : rules.watchingEveryEvent) {
      bench.onEvent(ordinal, aCase.findOrAdd(ordinal), view, 0);
    }
    bench.finishEvent();
    remember(aCase, event);
  }

  /** A case has touched few of the rules, so these are gone through. */
  private void judgeAnswering(
      CaseState aCase, EventView view, Bench bench, Map<Integer, RuleIndex.Candidate> answering) {
    for (int i = 0; i < aCase.touched(); i++) {
      RuleIndex.Candidate candidate = answering.get(aCase.ordinal(i));
      if (candidate != null) {
        judge(aCase, view, bench, candidate);
      }
    }
  }

  private void judge(CaseState aCase, EventView view, Bench bench, RuleIndex.Candidate candidate) {
    CompiledRule rule = rules(aCase).rules[candidate.ordinal()];
    long symbols = candidate.certain() | rule.matching(view, candidate.open());
    RuleState known = aCase.find(candidate.ordinal());
    if (symbols != 0 && concerns(rule, known, symbols)) {
      RuleState state = known == null ? aCase.findOrAdd(candidate.ordinal()) : known;
      bench.onEvent(candidate.ordinal(), state, view, symbols);
    }
  }

  private static boolean concerns(CompiledRule rule, @Nullable RuleState known, long symbols) {
    return known == null ? rule.judge.opensWith(symbols) : !known.judgedNow;
  }

  /** Rules that wait for the very next event get it whether it can match them or not. */
  private void judgeAwaiting(CaseState aCase, EventView view, Bench bench) {
    RuleIndex rules = rules(aCase);
    for (int i = 0; i < aCase.touched(); i++) {
      RuleState state = aCase.state(i);
      CompiledRule rule = rules.rules[aCase.ordinal(i)];
      if (rule.judge.awaitsNext(state)) {
        long possible = rule.possibleSymbols(EventClass.of(view.event()));
        bench.onEvent(aCase.ordinal(i), state, view, rule.matching(view, possible));
        state.judgedNow = true;
      }
    }
  }

  private static void remember(CaseState aCase, Event event) {
    aCase.last = Mark.of(event, aCase.events, aCase.firstAgent, Mark.UNCORRELATED);
    aCase.events++;
    aCase.lastMicros = Math.max(aCase.lastMicros, event.timeMicros());
    aCase.ruleDueMicros = Long.MIN_VALUE;
    if (event.type().equals(Event.FINAL_OUTPUT)) {
      aCase.sawFinalOutput = true;
      if (aCase.endsByFinalOutput(event.agentId())) {
        aCase.finalEndMicros = event.timeMicros() + aCase.config.graceMicros();
      }
    }
  }

  /** What was broken before an agent in scope came is certain from now on. */
  private void enterAgent(CaseState aCase, Event event, Tally tally) {
    String agent = event.agentId();
    if (aCase.agents.contains(agent)) {
      return;
    }
    Bench bench = new Bench(aCase, null, tally, limits, findings);
    CompiledRule[] rules = tally.rules.rules;
    List<Integer> entered = new ArrayList<>();
    for (int ordinal : tally.rules.scopedTo(agent)) {
      if (!aCase.concerns(rules[ordinal])) {
        entered.add(ordinal);
      }
    }
    aCase.agents.add(agent);
    for (int ordinal : entered) {
      tally.scopedOpened[ordinal]++;
      RuleState state = aCase.find(ordinal);
      if (state != null) {
        bench.reportDeferred(ordinal, state, event.timeMicros());
      }
    }
  }

  /** Returns whether the case ended. */
  private boolean advance(CaseState aCase, long toMicros) {
    takeOverRules(aCase, toMicros);
    return advanceUnderSameRules(aCase, toMicros);
  }

  private boolean advanceUnderSameRules(CaseState aCase, long toMicros) {
    while (!aCase.isEnded()) {
      long due = ruleDue(aCase);
      long end = aCase.endMicros();
      if (Math.min(due, end) > toMicros) {
        return false;
      }
      if (due <= end) {
        fire(aCase, due);
      } else {
        end(aCase, end);
      }
    }
    return true;
  }

  private long ruleDue(CaseState aCase) {
    if (aCase.ruleDueMicros == Long.MIN_VALUE) {
      Bench bench = new Bench(aCase, null, tally(aCase), limits, findings);
      long due = Judge.NEVER;
      for (int i = 0; i < aCase.touched(); i++) {
        Judge judge = rules(aCase).rules[aCase.ordinal(i)].judge;
        due = Math.min(due, judge.due(bench.hearing(aCase.ordinal(i)), aCase.state(i)));
      }
      aCase.ruleDueMicros = due;
    }
    return aCase.ruleDueMicros;
  }

  private void fire(CaseState aCase, long dueMicros) {
    Bench bench = new Bench(aCase, null, tally(aCase), limits, findings);
    for (int i = 0; i < aCase.touched(); i++) {
      int ordinal = aCase.ordinal(i);
      Judge judge = rules(aCase).rules[ordinal].judge;
      if (judge.due(bench.hearing(ordinal), aCase.state(i)) <= dueMicros) {
        judge.onDue(bench.hearing(ordinal), aCase.state(i), dueMicros);
      }
    }
    aCase.ruleDueMicros = Long.MIN_VALUE;
  }

  private void end(CaseState aCase, long endMicros) {
    if (aCase.unjudged) {
      aCase.ended = true;
      return;
    }
    openCases.closed();
    RuleIndex rules = rules(aCase);
    for (int ordinal : rules.judgingUntouched) {
      addUntouched(aCase, ordinal);
    }
    for (int ordinal : rules.scopedTo(aCase.agents)) {
      if (rules.rules[ordinal].judge.judgesUntouched()) {
        addUntouched(aCase, ordinal);
      }
    }
    Tally tally = tally(aCase);
    Bench bench = new Bench(aCase, null, tally, limits, findings);
    for (int i = 0; i < aCase.touched(); i++) {
      int ordinal = aCase.ordinal(i);
      RuleState state = aCase.state(i);
      if (aCase.concerns(rules.rules[ordinal])) {
        rules.rules[ordinal].judge.onEnd(bench.hearing(ordinal), state, endMicros);
        decide(bench, tally, ordinal, state);
      }
      WindowCounts counts = aCase.windowCounts.get(rules.rules[ordinal].measure);
      if (counts != null) {
        counts.endedMicros = endMicros + aCase.config.settleMicros();
      }
    }
    close(aCase, tally);
  }

  private void addUntouched(CaseState aCase, int ordinal) {
    if (!aCase.unstarted.contains(rules(aCase).rules[ordinal].reference)) {
      aCase.findOrAdd(ordinal);
    }
  }

  private static void decide(Bench bench, Tally tally, int ordinal, RuleState state) {
    tally.decided[ordinal]++;
    if (state.isBroken()) {
      return;
    }
    if (Bench.isMeasured(state)) {
      bench.tellOver(ordinal, state, ProfileCase.News.ENDED);
      return;
    }
    boolean vacuous = state.activations == 0 && tally.rules.rules[ordinal].judge.canBeVacuous();
    (vacuous ? tally.vacuous : tally.held)[ordinal]++;
  }

  private static void close(CaseState aCase, Tally tally) {
    tally.closed++;
    if (tally.rules.hasAgentScopes) {
      for (int ordinal : tally.rules.scopedTo(aCase.agents)) {
        tally.scopedClosed[ordinal]++;
      }
    }
    for (long reference : aCase.unstarted) {
      // Never begun, so neither vacuous nor held.
      tally.decided[tally.rules.ordinal(reference)]++;
    }
    aCase.ended = true;
  }

  /**
   * Takes over the versions that came into force until a time, firing what was due under the former
   * ones before.
   */
  private void takeOverRules(CaseState aCase, long untilMicros) {
    while (!aCase.isEnded()
        && !aCase.unjudged
        && book.changesBetween(aCase.rulesAsOfMicros, untilMicros)) {
      long change = book.nextChange(aCase.rulesAsOfMicros);
      RuleIndex former = rules(aCase);
      RuleIndex changed = book.index(keyFields, aCase, change);
      if (changed != former && advanceUnderSameRules(aCase, change - 1)) {
        return;
      }
      if (changed != former) {
        migrate(aCase, former, changed);
      }
      aCase.rulesAsOfMicros = change;
    }
  }

  private void migrate(CaseState aCase, RuleIndex former, RuleIndex changed) {
    Tally formerTally = tally(aCase);
    Bench bench = new Bench(aCase, null, formerTally, limits, findings);
    List<RuleState> kept = new ArrayList<>();
    List<Integer> keptOrdinals = new ArrayList<>();
    for (int i = 0; i < aCase.touched(); i++) {
      int ordinal = changed.ordinal(former.rules[aCase.ordinal(i)].reference);
      if (ordinal >= 0) {
        kept.add(aCase.state(i));
        keptOrdinals.add(ordinal);
      }
    }
    for (int i = 0; i < former.rules.length; i++) {
      long reference = former.rules[i].reference;
      RuleState state = aCase.find(i);
      boolean broken = state != null && state.isBroken();
      if (changed.ordinal(reference) < 0
          && !aCase.unstarted.remove(reference)
          && !broken
          && aCase.concerns(former.rules[i])) {
        supersede(bench, formerTally, i, state);
      }
      if (!changed.measures(former.rules[i].measure)) {
        aCase.windowCounts.remove(former.rules[i].measure);
      }
    }
    aCase.clearStates();
    aCase.rules = changed;
    aCase.ruleDueMicros = Long.MIN_VALUE;
    for (int i = 0; i < kept.size(); i++) {
      aCase.put(keptOrdinals.get(i), kept.get(i));
    }
    for (CompiledRule rule : changed.rules) {
      if (former.ordinal(rule.reference) < 0) {
        aCase.unstarted.add(rule.reference);
      }
    }
  }

  private static void supersede(Bench bench, Tally tally, int ordinal, @Nullable RuleState state) {
    if (state != null && Bench.isMeasured(state)) {
      bench.tellOver(ordinal, state, ProfileCase.News.SUPERSEDED);
    } else {
      tally.superseded[ordinal]++;
    }
  }

  /** Rules that came into force in mid-case begin with this event. */
  private void startAnew(CaseState aCase, EventView view) {
    if (aCase.unstarted.isEmpty()) {
      return;
    }
    RuleIndex rules = rules(aCase);
    Tally tally = tally(aCase);
    for (long reference : aCase.unstarted) {
      int ordinal = rules.ordinal(reference);
      RuleState state = aCase.findOrAdd(ordinal);
      state.start = Mark.of(view.event(), aCase.events, aCase.firstAgent, Mark.UNCORRELATED);
      if (rules.rules[ordinal].coversAnyAgent() || aCase.concerns(rules.rules[ordinal])) {
        tally.startedLater[ordinal]++;
      }
      if (rules.rules[ordinal].judge.startsWithCase()) {
        start(aCase, ordinal, state);
      }
    }
    aCase.unstarted.clear();
  }

  private void start(CaseState aCase, int ordinal, RuleState state) {
    Bench bench = new Bench(aCase, null, tally(aCase), limits, findings);
    Objects.requireNonNull(aCase.rules).rules[ordinal].judge.onStart(bench.hearing(ordinal), state);
  }
}
