package dev.waymark.jobs.engine;

import dev.waymark.jobs.engine.cep.PatternJudge;
import dev.waymark.jobs.engine.cep.TemplateJudge;
import dev.waymark.jobs.engine.judge.AlternatePrecedenceJudge;
import dev.waymark.jobs.engine.judge.AlternateResponseJudge;
import dev.waymark.jobs.engine.judge.AnomalyJudge;
import dev.waymark.jobs.engine.judge.BothJudge;
import dev.waymark.jobs.engine.judge.ChainPrecedenceJudge;
import dev.waymark.jobs.engine.judge.ChainResponseJudge;
import dev.waymark.jobs.engine.judge.Correlator;
import dev.waymark.jobs.engine.judge.CountJudge;
import dev.waymark.jobs.engine.judge.EdgeJudge;
import dev.waymark.jobs.engine.judge.IdleJudge;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.jobs.engine.judge.NotSuccessionJudge;
import dev.waymark.jobs.engine.judge.OccurrenceJudge;
import dev.waymark.jobs.engine.judge.PrecedenceJudge;
import dev.waymark.jobs.engine.judge.ProfileJudge;
import dev.waymark.jobs.engine.judge.ResponseJudge;
import dev.waymark.jobs.engine.judge.StepsJudge;
import dev.waymark.jobs.engine.judge.WindowCountJudge;
import dev.waymark.schemas.rule.Glob;
import dev.waymark.schemas.rule.Matcher;
import dev.waymark.schemas.rule.Mode;
import dev.waymark.schemas.rule.OnChange;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Severity;
import dev.waymark.schemas.rule.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A rule version made ready to judge: its matchers, its judge, and a short reference for state.
 * Transient: rebuilt from {@link Rule}.
 */
final class CompiledRule {
  final Rule rule;
  final String version;

  /** First 64 bits of the version with the id: how stored state names the rule version. */
  final long reference;

  /**
   * Names what the rule looks at, however it is judged: versions that differ in {@code zeta},
   * severity, mode or words alone share what was learnt.
   */
  final long measure;

  final Judge judge;
  final Correlator correlator;
  private final List<SymbolMatcher> symbols;
  private final boolean anyAgent;

  private CompiledRule(Rule rule, Judge judge, List<SymbolMatcher> symbols) {
    this.rule = rule;
    this.version = rule.version();
    this.reference = first64Bits(version);
    this.measure = first64Bits(withoutJudgement(rule).version());
    this.judge = judge;
    this.correlator = new Correlator(rule.correlate());
    this.symbols = symbols;
    this.anyAgent = rule.scope().agent().equals("*");
  }

  private static long first64Bits(String digest) {
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }

  private static Rule withoutJudgement(Rule rule) {
    return new Rule(
        rule.id(),
        rule.kind(),
        rule.template(),
        rule.activation(),
        rule.target(),
        rule.correlate(),
        rule.within(),
        rule.n(),
        rule.windowMicros(),
        rule.when(),
        rule.steps(),
        rule.ordered(),
        rule.expect(),
        0,
        rule.key(),
        rule.caseConfig(),
        rule.scope(),
        Severity.ERROR,
        Mode.ACTIVE,
        OnChange.FINISH,
        List.of(),
        "",
        "");
  }

  /**
   * A matcher and the symbol of what matches it.
   *
   * @param scoped whether only agents in the rule's scope have it
   */
  private record SymbolMatcher(long symbol, CompiledMatcher matcher, boolean scoped) {}

  /**
   * Compiles a valid rule.
   *
   * @param failures is told of conditions that failed at run time
   */
  static CompiledRule of(Rule rule, Matching matching, LongConsumer failures) {
    List<SymbolMatcher> symbols = new ArrayList<>();
    add(symbols, Judge.ACTIVATION, rule.activation(), failures);
    add(symbols, Judge.ACTIVATION, rule.when(), failures);
    add(symbols, Judge.TARGET, rule.target(), failures);
    List<CompiledMatcher> steps =
        rule.steps().stream().map(step -> CompiledMatcher.of(step, failures)).toList();
    for (int i = 0; i < steps.size(); i++) {
      boolean scoped = rule.template() == Template.PATTERN && i == 0;
      symbols.add(new SymbolMatcher(Judge.step(i), steps.get(i), scoped));
    }
    return new CompiledRule(rule, judge(rule, steps, matching), List.copyOf(symbols));
  }

  /** The scope's agent restricts the activation; targets may be anyone's. */
  private static void add(
      List<SymbolMatcher> symbols, long symbol, @Nullable Matcher matcher, LongConsumer failures) {
    if (matcher != null) {
      symbols.add(
          new SymbolMatcher(
              symbol, CompiledMatcher.of(matcher, failures), symbol == Judge.ACTIVATION));
    }
  }

  private static Judge judge(Rule rule, List<CompiledMatcher> steps, Matching matching) {
    Optional<Judge> byForm = matching == Matching.CEP ? TemplateJudge.of(rule) : Optional.empty();
    return byForm.orElseGet(() -> judge(rule, steps));
  }

  private static Judge judge(Rule rule, List<CompiledMatcher> steps) {
    return switch (rule.template()) {
      case EXISTENCE, ABSENCE ->
          rule.windowMicros() == null ? new CountJudge(rule) : new WindowCountJudge(rule);
      case EXACTLY -> new CountJudge(rule);
      case INIT, END -> new EdgeJudge(rule);
      case CHOICE, EXCLUSIVE_CHOICE, CO_EXISTENCE, NOT_CO_EXISTENCE -> new OccurrenceJudge(rule);
      case RESPONSE -> new ResponseJudge(rule, false);
      case RESPONDED_EXISTENCE -> new ResponseJudge(rule, true);
      case PRECEDENCE -> new PrecedenceJudge(rule);
      case SUCCESSION -> BothJudge.succession(rule);
      case ALTERNATE_RESPONSE -> new AlternateResponseJudge(rule);
      case ALTERNATE_PRECEDENCE -> new AlternatePrecedenceJudge(rule);
      case ALTERNATE_SUCCESSION -> BothJudge.alternateSuccession(rule);
      case CHAIN_RESPONSE -> new ChainResponseJudge(rule);
      case CHAIN_PRECEDENCE -> new ChainPrecedenceJudge(rule);
      case CHAIN_SUCCESSION -> BothJudge.chainSuccession(rule);
      case NOT_SUCCESSION, NOT_CHAIN_SUCCESSION -> new NotSuccessionJudge(rule);
      case IDLE -> new IdleJudge(rule);
      case STEPS -> new StepsJudge(rule);
      case PATTERN -> PatternJudge.of(rule, steps);
      case PROFILE -> new ProfileJudge(rule);
      case ANOMALY -> new AnomalyJudge(rule);
    };
  }

  boolean coversTenant(String tenant) {
    return Glob.matches(rule.scope().tenant(), tenant);
  }

  boolean coversAgent(String agent) {
    return anyAgent || Glob.matches(rule.scope().agent(), agent);
  }

  boolean coversAnyAgent() {
    return anyAgent;
  }

  /** Symbols that events of this class may have. */
  long possibleSymbols(EventClass events) {
    long possible = 0;
    for (SymbolMatcher candidate : symbols) {
      if (candidate.matcher.canMatch(events) && inScope(candidate, events.agent())) {
        possible |= candidate.symbol;
      }
    }
    return possible;
  }

  /** Symbols that every event of this class has. */
  long certainSymbols(EventClass events) {
    long certain = 0;
    for (SymbolMatcher candidate : symbols) {
      if (candidate.matcher.mustMatch(events) && inScope(candidate, events.agent())) {
        certain |= candidate.symbol;
      }
    }
    return certain;
  }

  /** Which of the symbols asked for this event has. */
  long matching(EventView event, long asked) {
    long found = 0;
    for (SymbolMatcher candidate : symbols) {
      if ((asked & candidate.symbol) != 0 && candidate.matcher.matches(event)) {
        found |= candidate.symbol;
      }
    }
    return found;
  }

  private boolean inScope(SymbolMatcher candidate, String agent) {
    return !candidate.scoped || coversAgent(agent);
  }
}
