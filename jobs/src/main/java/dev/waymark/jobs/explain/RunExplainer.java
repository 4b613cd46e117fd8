package dev.waymark.jobs.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.jobs.engine.ActionJoin;
import dev.waymark.jobs.engine.CaseEngine;
import dev.waymark.jobs.engine.CaseKeys;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.KeyCases;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.OpenRule;
import dev.waymark.jobs.engine.OutcomeDelta;
import dev.waymark.jobs.engine.RuleBook;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.engine.judge.Judge;
import dev.waymark.jobs.engine.judge.Words;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.Template;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges one run by the engine up to a time, and tells of every rule there is how it stands: not in
 * this run, and why; or with what outcome so far, and what it waits for.
 */
final class RunExplainer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RuleBook book = new RuleBook(failures -> {});
  private final List<Violation> violations = new ArrayList<>();
  private final KeyCases cases = new KeyCases();
  private final CaseEngine engine;
  private final Map<Long, ActionJoin> joins = new HashMap<>();
  private final Map<List<String>, OutcomeDelta> outcomes = new LinkedHashMap<>();

  private RunExplainer(List<RuleRecord> rules, EngineLimits limits) {
    engine =
        new CaseEngine(
            Rule.RUN_KEY, book, limits, (violation, foundMicros) -> violations.add(violation));
    rules.forEach(this::take);
  }

  /**
   * The explanation as JSON.
   *
   * @param run its events in the order of the rule language, and its finalize; one event at least
   * @param rules records of the rules topic
   * @param asOfMicros how far time has come; what is due later is pending
   */
  static String explain(
      List<Decoded> run, List<RuleRecord> rules, EngineLimits limits, long asOfMicros) {
    RunExplainer explainer = new RunExplainer(rules, limits);
    explainer.judge(run, asOfMicros);
    List<Event> events = new ArrayList<>();
    for (Decoded decoded : run) {
      if (decoded instanceof Event event) {
        events.add(event);
      }
    }
    return explainer.toJson(events, asOfMicros);
  }

  /** What the job rejects is in force for nobody. */
  private void take(RuleRecord rule) {
    try {
      book.add(RuleChange.decode(rule.json()), rule.offset());
    } catch (IllegalArgumentException | InvalidRulesException e) {
      // GET /api/v1/rules tells of it.
    }
  }

  private void judge(List<Decoded> run, long asOfMicros) {
    for (Decoded decoded : run) {
      for (long settleMicros : book.settles()) {
        if (decoded instanceof Event event) {
          ActionJoin join = joins.computeIfAbsent(settleMicros, settle -> new ActionJoin());
          engine.onEvent(cases, event.runId(), join.join(event), false, settleMicros);
        } else if (decoded instanceof Finalize end) {
          engine.onFinalize(cases, end.timeMicros(), settleMicros);
        }
      }
    }
    engine.advance(cases, asOfMicros);
    engine.drainOutcomes(
        delta ->
            outcomes.merge(
                List.of(delta.ruleId(), delta.ruleVersion()), delta, OutcomeDelta::plus));
  }

  private String toJson(List<Event> events, long asOfMicros) {
    Event first = events.get(0);
    ObjectNode node =
        JSON.createObjectNode()
            .put("tenant", first.tenant())
            .put("run_id", first.runId())
            .put("as_of", Times.format(asOfMicros));
    ArrayNode applied = node.putArray("rules");
    ArrayNode notApplied = node.putArray("not_applied");
    Set<String> agents = new TreeSet<>();
    events.forEach(event -> agents.add(event.agentId()));
    List<OpenRule> open = engine.openRules(cases);
    for (RuleBook.Standing standing : book.standings(first.tenant(), agents, first.timeMicros())) {
      if (standing.obstacle() == null) {
        applied.add(applied(standing, open));
      } else {
        notApplied.add(notApplied(standing, events));
      }
    }
    return node.toString();
  }

  private static ObjectNode notApplied(RuleBook.Standing standing, List<Event> events) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("rule_id", standing.ruleId())
            .put("rule_version", standing.version())
            .put("number", standing.number())
            .put("reason", standing.obstacle());
    Rule rule = standing.rule();
    if (rule != null && !rule.isKeyedByRun()) {
      Set<String> keys = new TreeSet<>();
      for (Event event : events) {
        String key = CaseKeys.of(rule.key(), event);
        if (key != null) {
          keys.add(key);
        }
      }
      keys.forEach(node.putArray("case_keys")::add);
    }
    return node;
  }

  private ObjectNode applied(RuleBook.Standing standing, List<OpenRule> open) {
    Rule rule = standing.rule();
    if (rule == null) {
      throw new IllegalStateException("a rule without definition applies to nothing");
    }
    List<OpenRule> waiting =
        open.stream().filter(one -> one.rule().id().equals(rule.id())).toList();
    OutcomeDelta outcome = outcome(rule, waiting);
    ObjectNode node =
        JSON.createObjectNode()
            .put("rule_id", rule.id())
            .put("rule_version", outcome.ruleVersion())
            .put("kind", rule.kind().code())
            .put("template", rule.template().code())
            .put("severity", rule.severity().name())
            .put("mode", rule.mode().code())
            .put("state", state(rule, outcome))
            .put("cases", outcome.cases())
            .put("activations", outcome.activations())
            .put("held", outcome.held())
            .put("vacuous", outcome.vacuous())
            .put("broken", outcome.broken())
            .put("open", outcome.open());
    ArrayNode broken = node.putArray("violations");
    violations.stream()
        .filter(violation -> violation.ruleId().equals(rule.id()))
        .forEach(violation -> broken.add(tree(ViolationCodec.encode(violation))));
    ArrayNode pending = node.putArray("pending");
    waiting.forEach(one -> addPending(pending, one));
    return node;
  }

  /** Of the version that took over where one did, else of the one that the run began with. */
  private OutcomeDelta outcome(Rule rule, List<OpenRule> waiting) {
    String version = waiting.isEmpty() ? rule.version() : waiting.get(0).version();
    OutcomeDelta known = outcomes.get(List.of(rule.id(), version));
    return known != null ? known : OutcomeDelta.none("", rule.id(), version);
  }

  private static String state(Rule rule, OutcomeDelta outcome) {
    if (rule.template() == Template.PROFILE) {
      return "learnt_from_all_runs";
    }
    if (outcome.violations() > 0) {
      return "broken";
    }
    if (outcome.open() > 0) {
      return outcome.activations() == 0 ? "vacuous_so_far" : "open";
    }
    if (outcome.held() > 0) {
      return "held";
    }
    return outcome.vacuous() > 0 ? "vacuous" : "superseded";
  }

  /** What each activation waits for; without any, what silence would decide. */
  private static void addPending(ArrayNode pending, OpenRule open) {
    Rule rule = open.rule();
    for (Mark mark : open.pending()) {
      ObjectNode node = pending.addObject().put("waits_for", awaited(rule));
      node.putObject("since")
          .put("seq", mark.seq())
          .put("t", Times.format(mark.timeMicros()))
          .put("correlation", mark.correlation());
      long dueMicros =
          rule.within() == null
              ? open.endsMicros()
              : Math.min(mark.timeMicros() + rule.within().maxMicros(), open.endsMicros());
      node.put("due_at", time(dueMicros));
    }
    if (open.pending().isEmpty() && open.dueMicros() != Judge.NEVER) {
      pending
          .addObject()
          .put("waits_for", rule.template() == Template.IDLE ? "any event" : awaited(rule))
          .put("due_at", time(Math.min(open.dueMicros(), open.endsMicros())));
    }
    if (pending.isEmpty()) {
      pending
          .addObject()
          .put("waits_for", "the end of the case")
          .put("due_at", time(open.endsMicros()));
    }
  }

  private static String awaited(Rule rule) {
    if (rule.target() != null) {
      return Words.of(rule.target());
    }
    return rule.steps().isEmpty() ? Words.of(rule.activation()) : "its steps";
  }

  /** Null: no silence ends the case. */
  private static @Nullable String time(long micros) {
    return micros == Judge.NEVER ? null : Times.format(micros);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own JSON", e);
    }
  }
}
