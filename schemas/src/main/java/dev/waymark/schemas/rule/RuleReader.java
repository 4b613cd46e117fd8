package dev.waymark.schemas.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one rule of a set. One instance a rule. */
final class RuleReader {
  /** Longest span a rule may name; keeps sums of times inside a long. */
  static final Duration MAX_DURATION = Duration.ofDays(3_660);

  static final int MAX_N = 10_000;
  private static final int MAX_STEPS = 60;
  private static final int MAX_LIST = 100;
  private static final int MAX_TEXT = 4_000;
  private static final double DEFAULT_ZETA = 3;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern FIELD_PATH =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_-]+)*");
  private static final Set<String> COMMON_FIELDS =
      Set.of(
          "id",
          "kind",
          "template",
          "case",
          "scope",
          "severity",
          "mode",
          "on_change",
          "tags",
          "description",
          "remedy",
          "key");

  private final NodeReader rule;
  private final CaseConfig defaults;

  RuleReader(NodeReader rule, CaseConfig defaults) {
    this.rule = rule;
    this.defaults = defaults;
  }

  /** The rule, or empty where it has a problem, which is then reported. */
  Optional<Rule> read() {
    int before = rule.problemCount();
    if (!rule.isObject()) {
      rule.problem("", "must be an object, was " + NodeReader.show(rule.node()));
      return Optional.empty();
    }
    Kind kind = required("kind", Kind.values(), Kind::code);
    Template template = required("template", Template.values(), Template::code);
    if (template == null) {
      return Optional.empty();
    }
    if (kind != null && !template.kinds().contains(kind)) {
      rule.problem(
          "template",
          template.code()
              + " is no template of kind "
              + kind.code()
              + "; it belongs to "
              + codes(template.kinds()));
    }
    checkFields(template);
    Rule read =
        new Rule(
            id(),
            kind == null ? template.kinds().iterator().next() : kind,
            template,
            matcher("activation", false),
            matcher("target", false),
            correlate(),
            within(template, kind),
            rule.wholeNumber("n", 1, 1, MAX_N),
            rule.duration("window", false),
            matcher("when", false),
            template == Template.PATTERN ? patternSteps() : plainSteps(),
            rule.bool("ordered", false),
            rule.bool("expect", false),
            rule.positiveNumber("zeta", DEFAULT_ZETA),
            key(),
            caseConfig(rule.optionalObject("case"), defaults),
            scope(),
            otherwise(rule.oneOf("severity", Severity.values(), Severity::name), Severity.ERROR),
            otherwise(rule.oneOf("mode", Mode.values(), Mode::code), Mode.ACTIVE),
            otherwise(rule.oneOf("on_change", OnChange.values(), OnChange::code), OnChange.FINISH),
            rule.texts("tags", MAX_LIST),
            boundedText("description"),
            boundedText("remedy"));
    checkEndReachable(read);
    return rule.problemCount() == before ? Optional.of(read) : Optional.empty();
  }

  private void checkFields(Template template) {
    Set<String> allowed = new HashSet<>(COMMON_FIELDS);
    for (RuleField field : RuleField.values()) {
      if (template.takes(field)) {
        allowed.add(field.code());
      } else if (rule.has(field.code())) {
        rule.problem(field.code(), "not a field of template " + template.code());
        allowed.add(field.code());
      }
      if (template.requires(field) && !rule.has(field.code())) {
        rule.problem(field.code(), "required by template " + template.code());
      }
    }
    rule.allow(allowed);
  }

  private String id() {
    String id = rule.text("id");
    if (!rule.has("id")) {
      rule.problem("id", "required");
    } else if (id != null && !ID.matcher(id).matches()) {
      rule.problem("id", "must match " + ID.pattern() + ", was " + NodeReader.show(rule.get("id")));
    }
    return id == null ? "" : id;
  }

  private @Nullable Within within(Template template, @Nullable Kind kind) {
    NodeReader within = rule.optionalObject("within");
    if (within == null) {
      if (kind == Kind.TIMELAG
          && template != Template.PROFILE
          && !rule.has("within")
          && !template.requires(RuleField.WITHIN)) {
        rule.problem("within", "required by kind timelag");
      }
      return null;
    }
    within.allow("min", "max");
    if (within.has("min") && !template.takesWithinMin()) {
      within.problem("min", "not used by template " + template.code());
    }
    Long min = within.duration("min", true);
    Long max = within.duration("max", false);
    if (!within.has("max")) {
      within.problem("max", "required");
    }
    if (max == null) {
      return null;
    }
    long lower = min == null ? 0 : min;
    if (lower > max) {
      within.problem("min", "must be at most max, was " + within.text("min"));
      return null;
    }
    return new Within(lower, max);
  }

  private List<Correlation> correlate() {
    List<Correlation> correlations = new ArrayList<>();
    for (NodeReader item : rule.list("correlate", MAX_LIST)) {
      if (item.node().isTextual()) {
        String path = item.node().asText();
        requirePath(item, "", path);
        correlations.add(new Correlation(path, path));
      } else if (item.isObject()) {
        item.allow("activation", "target");
        correlations.add(new Correlation(fieldPath(item, "activation"), fieldPath(item, "target")));
      } else {
        item.problem(
            "",
            "must be a field path or {activation, target}, was " + NodeReader.show(item.node()));
      }
    }
    return List.copyOf(correlations);
  }

  private static String fieldPath(NodeReader item, String name) {
    String path = item.text(name);
    if (!item.has(name)) {
      item.problem(name, "required");
    } else if (path != null) {
      requirePath(item, name, path);
    }
    return path == null ? "" : path;
  }

  private static void requirePath(NodeReader item, String name, String path) {
    if (!FIELD_PATH.matcher(path).matches()) {
      item.problem(name, "must be a field path such as meta.call_id, was \"" + path + "\"");
    }
  }

  private List<String> key() {
    if (!rule.has("key")) {
      return Rule.RUN_KEY;
    }
    JsonNode node = rule.get("key");
    List<String> fields = node.isTextual() ? List.of(node.asText()) : rule.texts("key", MAX_LIST);
    if (fields.isEmpty() && node.isArray() && node.isEmpty()) {
      rule.problem("key", "must name at least one field");
    }
    for (int i = 0; i < fields.size(); i++) {
      String name = node.isTextual() ? "key" : "key[" + i + "]";
      requirePath(rule, name, fields.get(i));
      if (fields.indexOf(fields.get(i)) < i) {
        rule.problem(name, "named twice: " + fields.get(i));
      }
    }
    return List.copyOf(fields);
  }

  private Scope scope() {
    NodeReader scope = rule.optionalObject("scope");
    if (scope == null) {
      return Scope.EVERYTHING;
    }
    scope.allow("tenant", "agent");
    return new Scope(glob(scope, "tenant"), glob(scope, "agent"));
  }

  private static String glob(NodeReader scope, String name) {
    String glob = scope.text(name, "*");
    if (glob.isEmpty()) {
      scope.problem(name, "must not be empty");
    }
    return glob;
  }

  private @Nullable Matcher matcher(String name, boolean stepsReadable) {
    NodeReader node = rule.optionalObject(name);
    return node == null ? null : new MatcherReader(node, stepsReadable).read();
  }

  private List<Step> plainSteps() {
    List<NodeReader> items = rule.list("steps", MAX_STEPS);
    requireSteps(items);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Matcher match = new MatcherReader(items.get(i), false).read();
      steps.add(
          new Step("step " + (i + 1), match, false, Step.Contiguity.RELAXED, 1, 1, false, null));
    }
    return List.copyOf(steps);
  }

  private List<Step> patternSteps() {
    List<NodeReader> items = rule.list("steps", MAX_STEPS);
    requireSteps(items);
    List<Step> steps = new ArrayList<>();
    for (NodeReader item : items) {
      steps.add(new PatternStepReader(item).read());
    }
    PatternStepReader.checkTogether(rule, items, steps);
    return List.copyOf(steps);
  }

  private void requireSteps(List<NodeReader> items) {
    if (rule.get("steps").isArray() && items.isEmpty() && rule.get("steps").isEmpty()) {
      rule.problem("steps", "must have at least one step");
    }
  }

  static CaseConfig caseConfig(@Nullable NodeReader node, CaseConfig defaults) {
    if (node == null) {
      return defaults;
    }
    node.allow("timeout", "grace", "settle");
    boolean never = node.get("timeout").isTextual() && node.get("timeout").asText().equals("none");
    Long timeout = never ? Long.valueOf(CaseConfig.NEVER) : node.duration("timeout", false);
    Long grace = node.duration("grace", true);
    Long settle = node.duration("settle", true);
    return new CaseConfig(
        otherwise(timeout, defaults.timeoutMicros()),
        otherwise(grace, defaults.graceMicros()),
        otherwise(settle, defaults.settleMicros()));
  }

  /** Cases that are no runs end by silence alone; a rule that waits for their end needs one. */
  private void checkEndReachable(Rule read) {
    if (!read.isKeyedByRun() && !read.caseConfig().timesOut() && needsEnd(read)) {
      rule.problem(
          "case.timeout",
          "must not be none: "
              + read.template().code()
              + " is judged at the case's end, and cases keyed by "
              + String.join(", ", read.key())
              + " end by silence alone");
    }
  }

  private static boolean needsEnd(Rule rule) {
    return switch (rule.template()) {
      case EXISTENCE -> rule.windowMicros() == null;
      case EXACTLY, END, CHOICE, EXCLUSIVE_CHOICE, RESPONDED_EXISTENCE, CO_EXISTENCE -> true;
      case SUCCESSION, ALTERNATE_RESPONSE, ALTERNATE_SUCCESSION, CHAIN_RESPONSE, CHAIN_SUCCESSION ->
          true;
      case RESPONSE, STEPS -> rule.within() == null;
      case PATTERN -> rule.expect();
      case ABSENCE, INIT, NOT_CO_EXISTENCE, PRECEDENCE, ALTERNATE_PRECEDENCE, CHAIN_PRECEDENCE ->
          false;
      case NOT_SUCCESSION, NOT_CHAIN_SUCCESSION, IDLE, PROFILE, ANOMALY -> false;
    };
  }

  private String boundedText(String name) {
    String text = rule.text(name, "");
    if (text.length() > MAX_TEXT) {
      rule.problem(name, "must be at most " + MAX_TEXT + " characters, was " + text.length());
    }
    return text;
  }

  private <E extends Enum<E>> @Nullable E required(
      String name, E[] values, java.util.function.Function<E, String> code) {
    if (!rule.has(name)) {
      rule.problem(name, "required");
      return null;
    }
    return rule.oneOf(name, values, code);
  }

  private static <T> T otherwise(@Nullable T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }

  private static String codes(Set<Kind> kinds) {
    return String.join(", ", kinds.stream().sorted().map(Kind::code).toList());
  }
}
