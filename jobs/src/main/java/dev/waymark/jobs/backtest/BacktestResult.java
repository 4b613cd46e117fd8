package dev.waymark.jobs.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.jobs.backtest.BacktestPart.Side;
import dev.waymark.jobs.engine.OutcomeDelta;
import dev.waymark.schemas.violation.Violation;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the rules of a backtest have fared, and how draft and live differ; counts are of all. */
final class BacktestResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BacktestSink.Task task;
  private final Map<String, RuleResult> rules = new TreeMap<>();

  BacktestResult(BacktestSink.Task task) {
    this.task = task;
    task.draft().keySet().forEach(id -> rules.put(id, new RuleResult()));
  }

  /** Outcomes of a side's version of a rule, of all tenants together. */
  private static final class Outcomes {
    long cases;
    long activations;
    long held;
    long vacuous;
    long broken;
    long violations;

    void add(OutcomeDelta delta) {
      cases += delta.cases();
      activations += delta.activations();
      held += delta.held();
      vacuous += delta.vacuous();
      broken += delta.broken();
      violations += delta.violations();
    }

    ObjectNode toNode(String version) {
      return JSON.createObjectNode()
          .put("version", version)
          .put("cases", cases)
          .put("activations", activations)
          .put("held", held)
          .put("vacuous", vacuous)
          .put("broken", broken)
          .put("open", cases - held - vacuous - broken)
          .put("violations", violations);
    }
  }

  private static final class RuleResult {
    final Outcomes draft = new Outcomes();
    final Outcomes live = new Outcomes();
    long onlyDraft;
    long onlyLive;
    long both;

    long found() {
      return onlyDraft + onlyLive + both;
    }
  }

  void add(Side side, OutcomeDelta delta) {
    RuleResult rule = of(delta.ruleId());
    (side == Side.DRAFT ? rule.draft : rule.live).add(delta);
  }

  /** Counts a violation; returns whether it is among those listed. */
  boolean add(Side foundBy, Violation violation) {
    RuleResult rule = of(violation.ruleId());
    switch (foundBy) {
      case DRAFT -> rule.onlyDraft++;
      case LIVE -> rule.onlyLive++;
      case BOTH -> rule.both++;
      case NEITHER -> throw new IllegalStateException("somebody found it");
    }
    return rule.found() <= task.maxViolations();
  }

  private RuleResult of(String ruleId) {
    RuleResult rule = rules.get(ruleId);
    if (rule == null) {
      throw new IllegalStateException("rule " + ruleId + " is not part of this backtest");
    }
    return rule;
  }

  /** A list of the rules, each with both sides' outcomes and the difference. */
  String toJson() {
    ArrayNode array = JSON.createArrayNode();
    rules.forEach((id, rule) -> array.add(toNode(id, rule)));
    return array.toString();
  }

  private ObjectNode toNode(String id, RuleResult rule) {
    String liveVersion = task.live().get(id);
    ObjectNode node = JSON.createObjectNode().put("rule_id", id);
    node.set("draft", rule.draft.toNode(String.valueOf(task.draft().get(id))));
    node.set("live", live(rule, liveVersion));
    node.putObject("difference")
        .put("only_draft", rule.onlyDraft)
        .put("only_live", rule.onlyLive)
        .put("both", rule.both);
    node.put("listed", Math.min(rule.found(), task.maxViolations()));
    return node;
  }

  private static @Nullable ObjectNode live(RuleResult rule, @Nullable String version) {
    return version == null ? null : rule.live.toNode(version);
  }
}
