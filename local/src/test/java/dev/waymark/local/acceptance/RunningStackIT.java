package dev.waymark.local.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole stack over fourteen recorded streams, sent once and finalized, against what their files
 * say. A fifteenth stream, of a tenant of its own, is one of them without the costs that Claude
 * calls were recorded with.
 */
@Tag("long")
final class RunningStackIT {
  private static final String REPRICED = "repriced";
  private static final String REPRICED_STREAM = "tau2-sonnet45_airline.jsonl";
  private static final int CLAUDE_CALLS = 467;
  private static final double USD = 1e-9;
  private static final double RELATIVE = 0.01;
  private static final List<String> JOBS =
      List.of("waymark-trail", "waymark-validation", "waymark-metrics");
  private static final Map<String, Double> PERCENTILES =
      Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99);

  /** Those of the streams' own tenant, without what counts repeats. */
  private static final Map<String, String> DEFAULT = Map.of("tenant", "default");

  @TempDir private static Path folder;
  private static AgentRuns runs;
  private static Stack stack;
  private static Path rules;
  private static List<Line> lines;
  private static long repricedCalls;
  private static long sent;

  /** An event as its file has it. */
  private record Line(Path stream, String raw, JsonNode event) {
    String runId() {
      return event.at("/meta/run_id").textValue();
    }

    Instant t() {
      return Instant.parse(event.path("t").textValue());
    }

    long seq() {
      return event.path("seq").longValue();
    }
  }

  @BeforeAll
  static void sendEverything() throws Exception {
    runs = AgentRuns.findOrSkip();
    lines = new ArrayList<>();
    for (Path stream : runs.streams()) {
      for (String raw : Files.readAllLines(stream)) {
        lines.add(new Line(stream, raw, AgentRuns.JSON.readTree(raw)));
      }
    }
    rules = Files.writeString(folder.resolve("rules.json"), ruleSet().toString());
    stack = Stack.start(folder, List.of("--time", "log", "--rules-file", rules.toString()));
    List<String> files = new ArrayList<>(files());
    files.add(repricedStream().toString());
    send(files);
  }

  @AfterAll
  static void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void everyEventIsInItsRunsTrailOnceByteForByte() throws Exception {
    Map<String, List<Line>> expected =
        lines.stream()
            .collect(Collectors.groupingBy(Line::runId, TreeMap::new, Collectors.toList()));

    assertThat(stack.all("/api/v1/runs", DEFAULT)).hasSize(expected.size());
    for (Map.Entry<String, List<Line>> run : expected.entrySet()) {
      List<Line> inOrder =
          run.getValue().stream()
              .sorted(Comparator.comparing(Line::t).thenComparing(Line::seq))
              .toList();
      List<String> pages = stack.pages("/api/v1/runs/" + run.getKey() + "/trail", DEFAULT);
      List<String> digests = new ArrayList<>();
      for (String page : pages) {
        AgentRuns.JSON
            .readTree(page)
            .path("items")
            .forEach(item -> digests.add(item.path("sha256").textValue()));
      }
      assertThat(digests)
          .as(run.getKey())
          .containsExactlyElementsOf(inOrder.stream().map(line -> sha256(line.raw())).toList());
      String text = String.join("\n", pages);
      assertThat(inOrder).allMatch(line -> text.contains("\"event\":" + line.raw()));
    }
  }

  @Test
  void recordedCostIsTheSumOfTheFiles() throws Exception {
    Map<String, Double> costs = costs(DEFAULT);

    for (Path stream : runs.streams()) {
      List<Line> ofStream = lines.stream().filter(line -> line.stream().equals(stream)).toList();
      double recorded =
          ofStream.stream()
              .mapToDouble(line -> line.event().at("/meta/cost_usd").doubleValue())
              .sum();
      double found = 0;
      double priced = 0;
      for (String run : new TreeSet<>(ofStream.stream().map(Line::runId).toList())) {
        found += costs.get(run);
        // Calls that were recorded without their cost get that of the price table.
        priced += costInTrail(run, "priced");
      }
      assertThat(found - priced).as(AgentRuns.name(stream)).isCloseTo(recorded, within(USD));
    }
  }

  private static double costInTrail(String run, String source) throws Exception {
    return stack.all("/api/v1/runs/" + run + "/trail", DEFAULT).stream()
        .filter(item -> item.path("cost_source").asText().equals(source))
        .mapToDouble(item -> item.path("cost_usd").doubleValue())
        .sum();
  }

  @Test
  void priceTableReproducesTheCostThatClaudeCallsWereRecordedWith() throws Exception {
    Map<String, Double> repriced = costs(Map.of("tenant", REPRICED));
    Map<String, Double> recorded = costs(DEFAULT);

    assertThat(repricedCalls).isEqualTo(CLAUDE_CALLS);
    assertThat(repriced).hasSize(50);
    repriced.forEach(
        (run, cost) -> assertThat(cost).as(run).isCloseTo(recorded.get(run), within(USD)));
  }

  @Test
  void latencyPercentilesAreThoseOfTheFiles() throws Exception {
    for (ChronoUnit width : List.of(ChronoUnit.MINUTES, ChronoUnit.HOURS, ChronoUnit.FOREVER)) {
      Map<Instant, List<Double>> latencies = new TreeMap<>();
      for (Line line : lines) {
        JsonNode latency = line.event().at("/payload/latency_ms");
        if (latency.isNumber()) {
          Instant window =
              width == ChronoUnit.FOREVER ? Instant.EPOCH : line.t().truncatedTo(width);
          latencies.computeIfAbsent(window, w -> new ArrayList<>()).add(latency.doubleValue());
        }
      }
      for (Map.Entry<Instant, List<Double>> window : latencies.entrySet()) {
        Map<String, String> parameters = new LinkedHashMap<>(DEFAULT);
        if (width != ChronoUnit.FOREVER) {
          parameters.put("from", window.getKey().toString());
          parameters.put("to", window.getKey().plus(1, width).toString());
        }
        JsonNode found = stack.get("/api/v1/metrics", parameters).path("tool_latency_ms");
        assertPercentiles(parameters.toString(), found, window.getValue());
      }
    }
  }

  @Test
  void checkFindsTheSameViolations() throws Exception {
    Path out = folder.resolve("violations.jsonl");
    List<String> arguments = new ArrayList<>(List.of("check", "--finalize"));
    arguments.addAll(List.of("--rules", rules.toString(), "--out", out.toString(), "--events"));
    arguments.addAll(files());

    WaymarkCommand.Outcome outcome = stack.run(arguments);

    assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
    List<JsonNode> live = stack.all("/api/v1/violations", DEFAULT);
    assertThat(live.stream().map(RunningStackIT::identity))
        .containsExactlyInAnyOrderElementsOf(
            AgentRuns.lines(out).stream().map(RunningStackIT::identity).toList());
  }

  @Test
  void aBacktestOfTheLiveRulesFindsWhatTheyFound() throws Exception {
    WaymarkCommand.Outcome outcome =
        stack.run(List.of("rules", "backtest", "-f", rules.toString(), "--tenant", "default"));

    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    String id =
        stack.get("/api/v1/rules/backtest", Map.of()).at("/items/0/backtest_id").textValue();
    Map<String, Set<String>> live = new TreeMap<>();
    for (JsonNode violation : stack.all("/api/v1/violations", DEFAULT)) {
      live.computeIfAbsent(violation.path("rule_id").textValue(), rule -> new TreeSet<>())
          .add(identity(violation));
    }
    Map<String, Set<String>> listed = new TreeMap<>();
    for (JsonNode one : stack.all("/api/v1/rules/backtest/" + id + "/violations", Map.of())) {
      assertThat(one.path("found_by").textValue()).as(one.toString()).isEqualTo("both");
      JsonNode violation = one.path("violation");
      listed
          .computeIfAbsent(violation.path("rule_id").textValue(), rule -> new TreeSet<>())
          .add(identity(violation));
    }
    assertThat(listed.keySet()).isEqualTo(live.keySet());
    for (JsonNode rule : stack.get("/api/v1/rules/backtest/" + id, Map.of()).path("rules")) {
      String name = rule.path("rule_id").textValue();
      Set<String> found = live.getOrDefault(name, Set.of());
      assertThat(rule.at("/difference/both").intValue()).as(name).isEqualTo(found.size());
      assertThat(rule.at("/difference/only_draft").intValue()).as(name).isZero();
      assertThat(rule.at("/difference/only_live").intValue()).as(name).isZero();
      assertThat(listed.getOrDefault(name, Set.of()))
          .as(name)
          .hasSize(rule.path("listed").intValue())
          .isSubsetOf(found);
    }
  }

  @Test
  void anExplanationHasTheViolationsOfItsRun() throws Exception {
    String runId = stack.get("/api/v1/violations", DEFAULT).at("/items/0/run_id").textValue();

    JsonNode explained = stack.get("/api/v1/runs/" + runId + "/explain", DEFAULT);

    List<String> broken = new ArrayList<>();
    for (JsonNode rule : explained.path("rules")) {
      rule.path("violations").forEach(violation -> broken.add(identity(violation)));
    }
    Map<String, String> ofRun = new LinkedHashMap<>(DEFAULT);
    ofRun.put("run", runId);
    assertThat(broken)
        .containsExactlyInAnyOrderElementsOf(
            stack.all("/api/v1/violations", ofRun).stream().map(RunningStackIT::identity).toList());
  }

  @Test
  void sendingAllAgainChangesNothing() throws Exception {
    Map<String, Object> before = state();

    send(files());

    Map<String, Object> after = state();
    before.forEach((what, value) -> assertThat(after.get(what)).as(what).isEqualTo(value));
  }

  /** What a person can see of the streams, without the count of repeats. */
  private static Map<String, Object> state() throws Exception {
    Map<String, Object> state = new LinkedHashMap<>();
    List<JsonNode> rows = stack.all("/api/v1/runs", DEFAULT);
    rows.forEach(row -> ((ObjectNode) row).remove("duplicates"));
    state.put("runs", rows);
    state.put("violations", stack.all("/api/v1/violations", DEFAULT));
    state.put("metrics", stack.get("/api/v1/metrics", DEFAULT));
    state.put("conflicts", stack.all("/api/v1/conflicts", DEFAULT));
    state.put("dead letters", stack.all("/api/v1/dead-letters", Map.of()));
    state.put("conformance", stack.get("/api/v1/conformance", DEFAULT));
    return state;
  }

  private static void assertPercentiles(String range, JsonNode found, List<Double> latencies) {
    List<Double> sorted = latencies.stream().sorted().toList();
    assertThat(found.path("count").intValue()).as(range).isEqualTo(sorted.size());
    PERCENTILES.forEach(
        (name, q) -> {
          double exact = sorted.get((int) Math.floor(q * (sorted.size() - 1)));
          assertThat(found.path(name).doubleValue())
              .as(range + " " + name)
              .isCloseTo(exact, within(RELATIVE * exact));
        });
  }

  private static String identity(JsonNode violation) {
    return violation.path("violation_id").textValue()
        + " "
        + violation.path("rule_id").textValue()
        + " "
        + violation.path("case_id").textValue();
  }

  private static Map<String, Double> costs(Map<String, String> filter) throws Exception {
    Map<String, Double> costs = new TreeMap<>();
    for (JsonNode run : stack.all("/api/v1/runs", filter)) {
      costs.put(run.path("run_id").textValue(), run.path("cost_usd").doubleValue());
    }
    return costs;
  }

  /** Sends files and waits until every job has worked through them and written what came of it. */
  private static void send(List<String> files) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("send", "--finalize"));
    arguments.addAll(files);
    WaymarkCommand.Outcome outcome = stack.run(arguments);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    for (String file : files) {
      sent += Files.readAllLines(Path.of(file)).size();
    }
    stack.await(sent + " events read", () -> jobsAt(sent).size() == JOBS.size());
    Map<String, Long> checkpoints = jobsAt(sent);
    // What a checkpoint tells of may be written a moment before the rows that it stands for.
    stack.await(
        "a checkpoint more",
        () ->
            jobsAt(sent).entrySet().stream()
                .allMatch(job -> job.getValue() > checkpoints.get(job.getKey())));
  }

  /** The jobs whose books have so many events, all judged, with their last checkpoint. */
  private static Map<String, Long> jobsAt(long events) throws Exception {
    Map<String, Long> jobs = new TreeMap<>();
    for (JsonNode job : stack.get("/api/v1/pipeline", Map.of()).path("jobs")) {
      JsonNode books = job.path("books");
      if (books.at("/counters/read").longValue() == events
          && books.at("/counters/waiting").asLong(0) == 0) {
        assertThat(books.path("balanced").booleanValue()).as(books.toString()).isTrue();
        jobs.put(job.path("job").textValue(), books.path("checkpoint_id").longValue());
      }
    }
    return jobs;
  }

  private static List<String> files() throws Exception {
    return runs.streams().stream().map(Path::toString).toList();
  }

  /** The stream again for another tenant, its Claude calls without their cost. */
  private static Path repricedStream() throws Exception {
    List<String> changed = new ArrayList<>();
    for (Line line : lines) {
      if (AgentRuns.name(line.stream()).equals(REPRICED_STREAM)) {
        ObjectNode event = line.event().deepCopy();
        ObjectNode meta = event.withObject("/meta");
        meta.put("tenant", REPRICED);
        if (meta.path("model").asText().contains("claude") && meta.remove("cost_usd") != null) {
          repricedCalls++;
        }
        changed.add(event.toString());
      }
    }
    return Files.write(folder.resolve("repriced.jsonl"), changed);
  }

  /** The default rules, the reference actions of every labelled run, and one rule a template. */
  private static ObjectNode ruleSet() throws Exception {
    List<JsonNode> labels = new ArrayList<>();
    for (Path stream : runs.streams("tau2-")) {
      labels.addAll(runs.labels(stream));
    }
    ObjectNode ruleSet = ReferenceActions.ruleSet(labels);
    ArrayNode all = ruleSet.withArray("rules");
    YAMLMapper yaml = new YAMLMapper();
    yaml.readTree(Path.of("../flink-conf/rules.yaml").toFile()).path("rules").forEach(all::add);
    try (var templates = RunningStackIT.class.getResourceAsStream("templates.yaml")) {
      yaml.readTree(templates).path("rules").forEach(all::add);
    }
    return ruleSet;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
