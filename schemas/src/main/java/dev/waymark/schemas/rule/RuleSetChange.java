package dev.waymark.schemas.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/** Works out which changes bring the live rules to what was asked. Writes nothing itself. */
public final class RuleSetChange {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RuleHistory history;

  public RuleSetChange(RuleHistory history) {
    this.history = history;
  }

  /**
   * Brings these rules into force; rules that are not named stay as they are. A rule that is in
   * force already gets no new version, unless another time was asked for.
   *
   * @param askedMicros from when on, where somebody said so
   */
  public List<RuleChange> apply(List<Rule> rules, OptionalLong askedMicros, long defaultMicros) {
    List<RuleChange> changes = new ArrayList<>();
    for (Rule rule : rules) {
      if (!isInForce(rule, askedMicros)) {
        changes.add(RuleChange.of(rule, nextNumber(rule.id()), askedMicros.orElse(defaultMicros)));
      }
    }
    return changes;
  }

  /** The same rule, no longer judged. Throws {@link NoSuchElementException} where there is none. */
  public RuleChange disable(String ruleId, long effectiveAtMicros) {
    RuleChange current = existing(ruleId);
    try {
      ObjectNode definition = (ObjectNode) JSON.readTree(String.valueOf(current.definition()));
      definition.put("mode", Mode.DISABLED.code());
      Rule disabled = RuleParser.parseRule(definition.toString());
      return RuleChange.of(disabled, nextNumber(ruleId), effectiveAtMicros);
    } catch (JsonProcessingException | InvalidRulesException e) {
      throw new IllegalStateException("rule " + ruleId + ": its own definition is refused", e);
    }
  }

  /** The rule's end. Throws {@link NoSuchElementException} where there is none. */
  public RuleChange delete(String ruleId, long effectiveAtMicros) {
    RuleChange current = existing(ruleId);
    return new RuleChange(ruleId, nextNumber(ruleId), current.version(), effectiveAtMicros, null);
  }

  /** The newest change of a rule that is there. */
  public RuleChange existing(String ruleId) {
    return history
        .newest(ruleId)
        .filter(change -> !change.isDeletion())
        .orElseThrow(() -> new NoSuchElementException("no rule " + ruleId));
  }

  private boolean isInForce(Rule rule, OptionalLong askedMicros) {
    return history
        .newest(rule.id())
        .filter(change -> !change.isDeletion())
        .filter(change -> change.version().equals(rule.version()))
        .filter(
            change ->
                askedMicros.isEmpty() || change.effectiveAtMicros() == askedMicros.getAsLong())
        .isPresent();
  }

  private int nextNumber(String ruleId) {
    return history.newest(ruleId).map(change -> change.number() + 1).orElse(1);
  }
}
