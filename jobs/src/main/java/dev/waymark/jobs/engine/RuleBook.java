package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.CaseConfig;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Mode;
import dev.waymark.schemas.rule.OnChange;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every version of every rule, and which of them are in force for a case. A case follows the
 * versions in force at its first event; a version with {@code on_change: restart}, and any of a
 * rule not keyed by run, takes over in mid-case.
 */
public final class RuleBook {
  private static final Comparator<Version> BY_TIME =
      Comparator.comparingLong((Version version) -> version.change.effectiveAtMicros())
          .thenComparingInt(version -> version.change.number());

  private final Matching matching;
  private final LongConsumer failures;
  private long known;
  private final Map<String, TreeSet<Version>> byRule = new TreeMap<>();
  private final NavigableSet<Long> boundaries = new TreeSet<>();
  private Long lastBoundary = Long.MIN_VALUE;
  private Set<Long> settles = Set.of(0L);
  private List<List<String>> keys = List.of();
  private final Map<Long, Map<String, CompiledRule>> inForce = new HashMap<>();
  private final Map<IndexKey, RuleIndex> indexes = new HashMap<>();
  private final Map<List<Long>, RuleIndex> indexesByRules = new HashMap<>();
  private final Map<ConfigsKey, List<CaseConfig>> configs = new HashMap<>();

  /**
   * @param failures is told of conditions that failed at run time
   */
  public RuleBook(LongConsumer failures) {
    this(Matching.AUTO, failures);
  }

  RuleBook(Matching matching, LongConsumer failures) {
    this.matching = matching;
    this.failures = failures;
  }

  /** A change and the rule it brings; null where it deletes the rule. */
  private record Version(RuleChange change, long arrival, @Nullable CompiledRule rule) {}

  private record IndexKey(
      List<String> key, String tenant, CaseConfig config, Long from, Long asOf, long known) {}

  private record ConfigsKey(List<String> key, String tenant, Long at) {}

  /**
   * Takes a change in. Repeats change nothing. A definition that is no valid rule leaves what is in
   * force as it is and throws with every problem.
   *
   * @param arrival its offset in the rules topic
   */
  public void add(RuleChange change, long arrival) throws InvalidRulesException {
    known = Math.max(known, arrival + 1);
    Version version = new Version(change, arrival, compile(change));
    if (byRule.computeIfAbsent(change.ruleId(), id -> new TreeSet<>(BY_TIME)).add(version)) {
      boundaries.add(change.effectiveAtMicros());
      lastBoundary = boundaries.last();
      settles = findSettles();
      keys = rules().map(rule -> rule.rule.key()).distinct().toList();
      inForce.clear();
      indexes.clear();
      configs.clear();
    }
  }

  private @Nullable CompiledRule compile(RuleChange change) throws InvalidRulesException {
    if (change.definition() == null) {
      return null;
    }
    return CompiledRule.of(RuleParser.parseRule(change.definition()), matching, failures);
  }

  /** How far the rules topic has been read: the offset after the last change. */
  long known() {
    return known;
  }

  /**
   * How long any rule lets its cases settle, from now or later on, in µs; none at all is always
   * among them.
   */
  public Set<Long> settles() {
    return settles;
  }

  private Set<Long> findSettles() {
    Set<Long> found = new TreeSet<>(Set.of(0L));
    rules().forEach(rule -> found.add(rule.rule.caseConfig().settleMicros()));
    return found;
  }

  /** The fields by which any rule's cases are keyed, from now or later on. */
  public List<List<String>> keys() {
    return keys;
  }

  private Stream<CompiledRule> rules() {
    return byRule.values().stream()
        .flatMap(Set::stream)
        .map(Version::rule)
        .filter(Objects::nonNull);
  }

  /**
   * Whether versions may have changed for a case that has taken over all up to {@code asOfMicros}.
   */
  boolean changesBetween(long asOfMicros, long untilMicros) {
    if (asOfMicros >= lastBoundary) {
      return false;
    }
    Long next = boundaries.higher(asOfMicros);
    return next != null && next <= untilMicros;
  }

  /**
   * The first time after {@code asOfMicros} at which a version comes into force; there must be one.
   */
  long nextChange(long asOfMicros) {
    Long next = boundaries.higher(asOfMicros);
    if (next == null) {
      throw new IllegalStateException("no change after " + asOfMicros);
    }
    return next;
  }

  /** The configurations of the cases that rules in force at a time ask for. */
  List<CaseConfig> configs(List<String> key, String tenant, long atMicros) {
    return configs.computeIfAbsent(
        new ConfigsKey(key, tenant, boundary(atMicros)),
        wanted ->
            inForceAt(wanted.at).values().stream()
                .filter(rule -> rule.rule.key().equals(key) && rule.coversTenant(tenant))
                .map(rule -> rule.rule.caseConfig())
                .distinct()
                .toList());
  }

  /**
   * The rules of a case: those in force when it began, save where others took over until {@code
   * asOfMicros}.
   */
  RuleIndex index(List<String> key, CaseState aCase, long asOfMicros) {
    return indexes.computeIfAbsent(
        new IndexKey(
            key,
            aCase.tenant,
            aCase.config,
            boundary(aCase.ruledFromMicros),
            boundary(asOfMicros),
            aCase.knownChanges),
        wanted -> sharedIndex(governing(wanted)));
  }

  /** Tenants whose rules are the same share one index. */
  private RuleIndex sharedIndex(List<CompiledRule> rules) {
    return indexesByRules.computeIfAbsent(
        rules.stream().map(rule -> rule.reference).toList(), references -> new RuleIndex(rules));
  }

  private List<CompiledRule> governing(IndexKey wanted) {
    List<CompiledRule> rules = new ArrayList<>();
    for (TreeSet<Version> versions : byRule.values()) {
      CompiledRule rule = governing(versions, wanted);
      if (rule != null
          && rule.rule.key().equals(wanted.key)
          && rule.rule.caseConfig().equals(wanted.config)
          && rule.coversTenant(wanted.tenant)) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private static @Nullable CompiledRule governing(TreeSet<Version> versions, IndexKey wanted) {
    CompiledRule rule = null;
    for (Version version : versions) {
      long effectiveAt = version.change.effectiveAtMicros();
      boolean fromBegin = effectiveAt <= wanted.from && version.arrival < wanted.known;
      boolean takesOver =
          fromBegin
              || (effectiveAt > wanted.from
                  && effectiveAt <= wanted.asOf
                  && restarts(version, rule));
      if (takesOver) {
        rule = isJudged(version) ? version.rule : null;
      }
    }
    return rule;
  }

  /**
   * How a rule stands to a run.
   *
   * @param rule the version in force at the run's first event; null: there is none
   * @param obstacle why it is not judged in the run; null: it is
   */
  public record Standing(
      String ruleId,
      @Nullable Rule rule,
      @Nullable String version,
      int number,
      @Nullable String obstacle) {}

  /** How every rule there is stands to a run of these agents that began then. */
  public List<Standing> standings(String tenant, Set<String> agents, long beganMicros) {
    List<Standing> standings = new ArrayList<>();
    byRule.forEach(
        (id, versions) -> {
          Version inForce = null;
          for (Version version : versions) {
            inForce = version.change.effectiveAtMicros() <= beganMicros ? version : inForce;
          }
          standings.add(
              inForce == null
                  ? new Standing(
                      id, null, null, 0, since("came into force later", versions.first()))
                  : standing(inForce, tenant, agents));
        });
    return standings;
  }

  private static Standing standing(Version version, String tenant, Set<String> agents) {
    return new Standing(
        version.change.ruleId(),
        version.rule == null ? null : version.rule.rule,
        version.change.version(),
        version.change.number(),
        obstacle(version, tenant, agents));
  }

  private static @Nullable String obstacle(Version version, String tenant, Set<String> agents) {
    CompiledRule rule = version.rule;
    if (rule == null) {
      return since("was deleted", version);
    }
    if (!isJudged(version)) {
      return since("was disabled", version);
    }
    if (!rule.coversTenant(tenant)) {
      return "its scope is tenant " + rule.rule.scope().tenant();
    }
    if (!rule.rule.isKeyedByRun()) {
      return "its cases are no runs but keyed by " + String.join(", ", rule.rule.key());
    }
    if (agents.stream().noneMatch(rule::coversAgent)) {
      return "its scope is agent " + rule.rule.scope().agent();
    }
    return null;
  }

  private static String since(String what, Version version) {
    return "it " + what + ", at " + Times.format(version.change.effectiveAtMicros());
  }

  /** A deletion does as the version that it deletes. */
  private static boolean restarts(Version version, @Nullable CompiledRule former) {
    CompiledRule rule = version.rule != null ? version.rule : former;
    return rule != null && (rule.rule.onChange() == OnChange.RESTART || !rule.rule.isKeyedByRun());
  }

  private static boolean isJudged(Version version) {
    return version.rule != null && version.rule.rule.mode() != Mode.DISABLED;
  }

  private Map<String, CompiledRule> inForceAt(long boundary) {
    return inForce.computeIfAbsent(
        boundary,
        at -> {
          Map<String, CompiledRule> rules = new TreeMap<>();
          byRule.forEach(
              (id, versions) -> {
                Version latest = null;
                for (Version version : versions) {
                  latest = version.change.effectiveAtMicros() <= at ? version : latest;
                }
                if (latest != null && latest.rule != null && isJudged(latest)) {
                  rules.put(id, latest.rule);
                }
              });
          return rules;
        });
  }

  /** Between two changes nothing changes, so a time is looked up by the change before it. */
  private Long boundary(long micros) {
    if (micros >= lastBoundary) {
      return lastBoundary;
    }
    Long boundary = boundaries.floor(micros);
    return boundary == null ? Long.valueOf(Long.MIN_VALUE) : boundary;
  }
}
