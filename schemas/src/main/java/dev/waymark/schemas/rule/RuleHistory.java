package dev.waymark.schemas.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every change of every rule, by rule id and number. A change that is written again replaces. */
public final class RuleHistory {
  private final Map<String, TreeMap<Integer, RuleChange>> changes = new TreeMap<>();

  public void add(RuleChange change) {
    changes.computeIfAbsent(change.ruleId(), id -> new TreeMap<>()).put(change.number(), change);
  }

  /** The newest change of a rule, also when it deletes the rule. */
  public Optional<RuleChange> newest(String ruleId) {
    return Optional.ofNullable(changes.get(ruleId)).map(all -> all.lastEntry().getValue());
  }

  /** All changes of a rule, oldest first. */
  public List<RuleChange> of(String ruleId) {
    TreeMap<Integer, RuleChange> all = changes.get(ruleId);
    return all == null ? List.of() : List.copyOf(all.values());
  }

  /** The newest change of each rule that is not deleted, by rule id. */
  public List<RuleChange> current() {
    return changes.values().stream()
        .map(all -> all.lastEntry().getValue())
        .filter(change -> !change.isDeletion())
        .sorted(Comparator.comparing(RuleChange::ruleId))
        .toList();
  }
}
