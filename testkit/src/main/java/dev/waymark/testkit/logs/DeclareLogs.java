package dev.waymark.testkit.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the process logs of {@code event-logs} and the expected verdicts beside them.
 *
 * <p>A row becomes an {@code action_request} whose action is the activity, in the run named by the
 * case, numbered in the order of the file. A constraint becomes a rule over runs that silence does
 * not end.
 */
public final class DeclareLogs {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Here the data set's {@code b} is the activation and {@code a} its forerunner. */
  private static final Set<String> ACTIVATED_BY_B =
      Set.of("precedence", "alternate_precedence", "chain_precedence");

  private static final Set<String> COUNTING = Set.of("existence", "absence", "exactly");
  private static final Set<String> MISSING_STEP =
      Set.of(
          "existence",
          "absence",
          "exactly",
          "choice",
          "exclusive_choice",
          "responded_existence",
          "co_existence",
          "not_co_existence");

  private DeclareLogs() {}

  /** Every log of the data sets that has expected verdicts, in order of name. */
  public static List<DeclareLog> readAll(Path sharedData) {
    Path folder = sharedData.resolve("event-logs");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csv"))
          .map(name -> name.substring(0, name.length() - ".csv".length()))
          .sorted()
          .map(name -> read(folder, name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder, e);
    }
  }

  private static DeclareLog read(Path folder, String name) {
    try {
      return new DeclareLog(
          name,
          events(Files.readAllLines(folder.resolve(name + ".csv"))),
          constraints(
              Files.readAllLines(folder.resolve("expected").resolve(name + ".declare.jsonl"))));
    } catch (IOException e) {
      throw new UncheckedIOException("reading log " + name + " in " + folder, e);
    }
  }

  /** The events of a log in its CSV form, heading included. No value holds a comma. */
  public static List<Event> events(List<String> lines) {
    Map<String, Integer> lastSeq = new HashMap<>();
    List<Event> events = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      events.add(
          Events.request(fields[1])
              .run(fields[0])
              .seq(lastSeq.merge(fields[0], 1, Integer::sum))
              .atMicros(Times.micros(Instant.parse(fields[2])))
              .build());
    }
    return List.copyOf(events);
  }

  private static List<Constraint> constraints(List<String> lines) throws IOException {
    List<Constraint> constraints = new ArrayList<>();
    for (String line : lines) {
      JsonNode expected = JSON.readTree(line);
      Set<String> violated = new LinkedHashSet<>();
      expected.path("violated_cases").forEach(id -> violated.add(id.asText()));
      constraints.add(
          new Constraint(
              rule(expected),
              violated,
              expected.path("violations").asInt(),
              expected.path("activations").asInt()));
    }
    return List.copyOf(constraints);
  }

  /** A constraint of the data sets, {@code {id, template, a, b?, n?, window_s?}}, as a rule. */
  public static Rule rule(JsonNode constraint) {
    String template = constraint.path("template").asText();
    boolean isSwapped = ACTIVATED_BY_B.contains(template);
    ObjectNode rule = JSON.createObjectNode();
    rule.put("id", constraint.path("id").asText());
    rule.put("kind", MISSING_STEP.contains(template) ? "missing_step" : "sequence");
    rule.put("template", template);
    rule.putObject("case").put("timeout", "none");
    addMatcher(rule, "activation", constraint.path(isSwapped ? "b" : "a"));
    if (constraint.has("b")) {
      addMatcher(rule, "target", constraint.path(isSwapped ? "a" : "b"));
    }
    if (COUNTING.contains(template)) {
      rule.put("n", constraint.path("n").asInt());
    }
    if (constraint.has("window_s")) {
      rule.putObject("within")
          .put("min", seconds(constraint.path("window_s").path(0)))
          .put("max", seconds(constraint.path("window_s").path(1)));
    }
    return parse(rule);
  }

  private static void addMatcher(ObjectNode rule, String name, JsonNode activity) {
    if (activity.asText().indexOf('*') >= 0) {
      throw new IllegalArgumentException("activity would be a glob: " + activity);
    }
    rule.putObject(name).put("type", Event.ACTION_REQUEST).put("action", activity.asText());
  }

  /** Rounded to the µs: the numbers carry the noise of binary fractions. */
  private static String seconds(JsonNode seconds) {
    long micros =
        new BigDecimal(seconds.asText())
            .movePointRight(6)
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact();
    return Duration.of(micros, ChronoUnit.MICROS).toString();
  }

  private static Rule parse(ObjectNode rule) {
    try {
      return RuleParser.parseRule(rule.toString());
    } catch (InvalidRulesException e) {
      throw new IllegalArgumentException("no rule: " + rule, e);
    }
  }
}
