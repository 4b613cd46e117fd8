package dev.waymark.testkit.random;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Kind;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleField;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.schemas.rule.Template;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Random valid rules about what {@link RandomTraces} makes up: written as JSON and read by the real
 * parser, so valid by construction. Every field that a template takes is used.
 */
public final class RandomRules {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RandomRules() {}

  /** A rule of any template. */
  public static Arbitrary<Rule> any() {
    return Arbitraries.of(Template.class).flatMap(RandomRules::of);
  }

  /** A rule of one template. */
  public static Arbitrary<Rule> of(Template template) {
    return json(template).map(RandomRules::parse);
  }

  /** A rule set: one to so many rules of any templates, each with its own id. */
  public static Arbitrary<List<Rule>> sets(int maxSize) {
    return Arbitraries.of(Template.class)
        .flatMap(RandomRules::json)
        .list()
        .ofMinSize(1)
        .ofMaxSize(maxSize)
        .map(RandomRules::withOwnIds);
  }

  private static List<Rule> withOwnIds(List<ObjectNode> rules) {
    for (int i = 0; i < rules.size(); i++) {
      rules.get(i).put("id", "rule-" + i);
    }
    return rules.stream().map(RandomRules::parse).toList();
  }

  /** The rule as it would be written. */
  private static Arbitrary<ObjectNode> json(Template template) {
    Draft draft = new Draft(Arbitraries.just(UnaryOperator.identity()));
    draft = draft.with(node -> node.put("id", "random").put("template", template.code()));
    draft = kindAndWithin(draft, template);
    draft = caseAndKey(draft);
    draft = scope(draft);
    draft = draft.maybe(template, RuleField.ACTIVATION, 1, RandomMatchers.event());
    draft = draft.maybe(template, RuleField.TARGET, 1, RandomMatchers.target());
    draft = draft.maybe(template, RuleField.WHEN, 0.7, RandomMatchers.event());
    draft = draft.maybe(template, RuleField.CORRELATE, 0.3, correlations());
    draft = draft.maybe(template, RuleField.N, 0.8, Arbitraries.integers().between(1, 3));
    draft =
        draft.maybe(
            template,
            RuleField.WINDOW,
            template.requires(RuleField.WINDOW) ? 1 : 0.6,
            seconds(1, 8));
    draft = draft.maybe(template, RuleField.ORDERED, 0.7, Arbitraries.of(true, false));
    draft = draft.maybe(template, RuleField.EXPECT, 0.3, Arbitraries.of(true, false));
    draft = draft.maybe(template, RuleField.ZETA, 0.8, Arbitraries.of(0.5, 1.0, 1.5, 2.0, 3.0));
    draft =
        draft.maybe(
            template,
            RuleField.STEPS,
            1,
            template == Template.PATTERN ? RandomPatterns.steps() : RandomMatchers.steps());
    return draft.build().map(RandomPatterns::withNeededWithin);
  }

  private static Draft kindAndWithin(Draft draft, Template template) {
    List<Kind> kinds =
        template.kinds().stream().sorted(Comparator.comparing(Kind::ordinal)).toList();
    boolean takesWithin = template.takes(RuleField.WITHIN);
    return draft.with(
        Arbitraries.of(kinds)
            .flatMap(
                kind -> {
                  boolean isRequired =
                      takesWithin && (kind == Kind.TIMELAG || template.requires(RuleField.WITHIN));
                  Arbitrary<Boolean> uses =
                      isRequired
                          ? Arbitraries.just(true)
                          : Arbitraries.of(true, false).map(yes -> yes && takesWithin);
                  return uses.flatMap(yes -> kindWith(template, kind, yes));
                }));
  }

  private static Arbitrary<UnaryOperator<ObjectNode>> kindWith(
      Template template, Kind kind, boolean usesWithin) {
    if (!usesWithin) {
      return Arbitraries.just(node -> node.put("kind", kind.code()));
    }
    int mostMin = template.takesWithinMin() ? 3 : 0;
    return Arbitraries.integers()
        .between(0, mostMin)
        .flatMap(
            min ->
                Arbitraries.integers()
                    .between(Math.max(min, 1), 10)
                    .map(
                        max ->
                            node -> {
                              ObjectNode within = node.put("kind", kind.code()).putObject("within");
                              if (min > 0) {
                                within.put("min", "PT" + min + "S");
                              }
                              within.put("max", "PT" + max + "S");
                              return node;
                            }));
  }

  /** Cases of other keys end by silence alone, so there a time-out must be. */
  private static Draft caseAndKey(Draft draft) {
    Arbitrary<List<String>> keys =
        Arbitraries.frequency(
            Tuple.of(8, List.of("run")),
            Tuple.of(1, List.of("agent")),
            Tuple.of(1, List.of("tenant")),
            Tuple.of(1, List.of("user")),
            Tuple.of(1, List.of("session")),
            Tuple.of(1, List.of("agent", "user")),
            Tuple.of(1, List.of("payload.size")),
            Tuple.of(1, List.of("type", "session")));
    Arbitrary<Integer> timeouts = Arbitraries.integers().between(4, 15);
    return draft
        .with(
            keys.flatMap(
                key ->
                    timeouts
                        .injectNull(key.equals(List.of("run")) ? 0.3 : 0)
                        .map(
                            timeout ->
                                node -> {
                                  key.forEach(node.putArray("key")::add);
                                  node.withObject("case")
                                      .put(
                                          "timeout",
                                          timeout == null ? "none" : "PT" + timeout + "S");
                                  return node;
                                })))
        .with(
            seconds(0, 3)
                .map(
                    grace ->
                        node -> {
                          node.withObject("case").put("grace", grace);
                          return node;
                        }));
  }

  private static Draft scope(Draft draft) {
    Arbitrary<String> agents =
        Arbitraries.frequency(Tuple.of(8, "*"), Tuple.of(2, "booking-*"), Tuple.of(1, "billing"));
    Arbitrary<String> tenants =
        Arbitraries.frequency(Tuple.of(8, "*"), Tuple.of(1, "acme"), Tuple.of(1, "glob*"));
    return draft
        .with(
            agents.map(
                agent ->
                    node -> {
                      node.withObject("scope").put("agent", agent);
                      return node;
                    }))
        .with(
            tenants.map(
                tenant ->
                    node -> {
                      node.withObject("scope").put("tenant", tenant);
                      return node;
                    }));
  }

  private static Arbitrary<ArrayNode> correlations() {
    return Arbitraries.of("call", "size", "user and call", "crossed")
        .map(
            name -> {
              ArrayNode list = JSON.createArrayNode();
              switch (name) {
                case "call" -> list.add("meta.call_id");
                case "size" -> list.add("payload.size");
                case "user and call" -> list.add("meta.user_id").add("meta.call_id");
                default ->
                    list.addObject()
                        .put("activation", "meta.user_id")
                        .put("target", "meta.session_id");
              }
              return list;
            });
  }

  private static Arbitrary<String> seconds(int min, int max) {
    return Arbitraries.integers().between(min, max).map(number -> "PT" + number + "S");
  }

  static Rule parse(ObjectNode rule) {
    try {
      return RuleParser.parseRule(rule.toString());
    } catch (InvalidRulesException e) {
      throw new IllegalStateException("a random rule is valid: " + rule, e);
    }
  }

  /** A rule in the making: changes to an empty object, each of them random. */
  private record Draft(Arbitrary<UnaryOperator<ObjectNode>> changes) {

    Draft with(UnaryOperator<ObjectNode> change) {
      return with(Arbitraries.just(change));
    }

    Draft with(Arbitrary<UnaryOperator<ObjectNode>> more) {
      return new Draft(
          changes.flatMap(first -> more.map(second -> node -> second.apply(first.apply(node)))));
    }

    /** A field with some probability, where the template takes it. */
    Draft maybe(Template template, RuleField field, double probability, Arbitrary<?> values) {
      if (!template.takes(field)) {
        return this;
      }
      return with(
          values
              .map(value -> (Object) value)
              .injectNull(1 - probability)
              .map(
                  value ->
                      node -> {
                        if (value != null) {
                          node.set(field.code(), JSON.valueToTree(value));
                        }
                        return node;
                      }));
    }

    Arbitrary<ObjectNode> build() {
      return changes.map(change -> change.apply(JSON.createObjectNode()));
    }
  }
}
