package dev.waymark.api.doors.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.waymark.api.DoorsServer;
import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.logs.SharedData;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real traces of agent frameworks come through with their runs, tool calls, tokens and errors. */
class TraceDoorIT {
  private static final String DOOR = "/v1/traces";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path objects;

  private static DoorsServer server;

  @BeforeAll
  static void start() {
    server = new DoorsServer(objects, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What a file says, counted without the mapping. */
  private record Facts(long tools, long inputTokens, long outputTokens) {}

  @Test
  void takesTheTracesOfEveryFramework() throws Exception {
    assumeThat(SharedData.find()).as(SharedData.MISSING).isPresent();
    Map<String, Set<String>> unmapped = new TreeMap<>();
    for (Path file : files("otel/agent-traces")) {
      int before = server.records().size();

      HttpResponse<String> answer = server.api().postJson(DOOR, Files.readString(file));

      assertThat(answer.statusCode()).as(file + answer.body()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("rejectedSpans");
      List<Event> events = server.decodedFrom(before).stream().map(Event.class::cast).toList();
      assertThat(factsOf(events)).as(file.toString()).isEqualTo(factsIn(file));
      assertThat(events).extracting(Event::runId).hasSameElementsAs(traceIdsIn(file));
      assertThat(events).extracting(Event::agentId).doesNotContainNull();
      unmapped.put(file.getFileName().toString(), unmappedOf(events));
    }
    assertThat(unmapped).hasSizeGreaterThanOrEqualTo(8);
    unmapped.forEach(
        (name, fields) ->
            System.out.println(name + ", kept in meta.x: " + String.join(", ", fields)));
  }

  /** Samples of the protocol that tell of no agent: taken, and said to be of no use here. */
  @Test
  void saysWhichSpansTellOfNoAgent() throws Exception {
    assumeThat(SharedData.find()).as(SharedData.MISSING).isPresent();
    int before = server.records().size();

    HttpResponse<String> answer =
        server
            .api()
            .postJson(
                DOOR,
                Files.readString(
                    SharedData.find().orElseThrow().resolve("otel/otlp-examples/trace.json")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("partialSuccess").doesNotContain("rejectedSpans");
    assertThat(server.records()).hasSize(before);
  }

  /** Those of which there is no OTLP; the others' instrumentation nests what it counts. */
  @Test
  void takesTracesThatLangfuseExported() throws Exception {
    assumeThat(SharedData.find()).as(SharedData.MISSING).isPresent();
    for (Path file : files("traces-raw/langfuse")) {
      if (file.toString().contains("autogen") || file.toString().contains("langgraph")) {
        LangfuseExport export = new LangfuseExport(file);
        int before = server.records().size();

        HttpResponse<String> answer = server.api().postJson(DOOR, export.request());

        assertThat(answer.statusCode()).as(file + answer.body()).isEqualTo(200);
        List<Event> events = server.decodedFrom(before).stream().map(Event.class::cast).toList();
        assertThat(factsOf(events))
            .as(file.toString())
            .isEqualTo(
                new Facts(
                    export.tools(), export.tokens("inputUsage"), export.tokens("outputUsage")));
        assertThat(events).extracting(Event::runId).containsOnly(export.traceId());
        assertThat(events).extracting(Event::type).contains(Event.FINAL_OUTPUT);
      }
    }
  }

  private static Facts factsOf(List<Event> events) {
    return new Facts(
        events.stream().filter(event -> event.type().equals(Event.ACTION_REQUEST)).count(),
        events.stream()
            .filter(event -> event.usage() != null)
            .mapToLong(event -> event.usage().inputTokens())
            .sum(),
        events.stream()
            .filter(event -> event.usage() != null)
            .mapToLong(event -> event.usage().outputTokens())
            .sum());
  }

  /**
   * The same by brute force: tokens are those of spans around which nothing is priced and that hold
   * no priced span; a tool is what has the name of one and is no agent.
   */
  private static Facts factsIn(Path file) throws IOException {
    long tools = 0;
    long input = 0;
    long output = 0;
    List<JsonNode> spans = spansIn(file);
    for (JsonNode span : spans) {
      Map<String, String> attributes = attributesOf(span);
      if (isTool(attributes)) {
        tools++;
      }
      boolean holdsPriced =
          spans.stream()
              .filter(
                  other -> other.path("parentSpanId").asText().equals(span.path("spanId").asText()))
              .anyMatch(other -> tokens(attributesOf(other), "input", "prompt") >= 0);
      boolean isAgent =
          attributes.containsKey("agent_name")
              || "AGENT".equals(attributes.get("openinference.span.kind"));
      if (!holdsPriced && !isAgent) {
        input += Math.max(0, tokens(attributes, "input", "prompt"));
        output += Math.max(0, tokens(attributes, "output", "completion"));
      }
    }
    return new Facts(tools, input, output);
  }

  private static boolean isTool(Map<String, String> attributes) {
    return Stream.of("gen_ai.tool.name", "tool.name", "ai.toolCall.name")
            .anyMatch(attributes::containsKey)
        || "tool".equals(attributes.get("langsmith.span.kind"));
  }

  private static long tokens(Map<String, String> attributes, String now, String former) {
    return Stream.of(
            "gen_ai.usage." + now + "_tokens",
            "llm.token_count." + former,
            "ai.usage." + former + "Tokens")
        .filter(attributes::containsKey)
        .mapToLong(name -> Long.parseLong(attributes.get(name)))
        .findFirst()
        .orElse(-1);
  }

  private static Set<String> unmappedOf(List<Event> events) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Event event : events) {
      JSON.readTree(event.raw())
          .path("meta")
          .path("x")
          .path("attributes")
          .fieldNames()
          .forEachRemaining(names::add);
    }
    return names;
  }

  private static Set<String> traceIdsIn(Path file) throws IOException {
    Set<String> ids = new TreeSet<>();
    spansIn(file).forEach(span -> ids.add(span.path("traceId").asText()));
    return ids;
  }

  private static List<JsonNode> spansIn(Path file) throws IOException {
    List<JsonNode> spans = new ArrayList<>();
    for (JsonNode resource : JSON.readTree(file.toFile()).path("resourceSpans")) {
      for (JsonNode scope : resource.path("scopeSpans")) {
        scope.path("spans").forEach(spans::add);
      }
    }
    return spans;
  }

  private static Map<String, String> attributesOf(JsonNode span) {
    Map<String, String> attributes = new TreeMap<>();
    span.path("attributes")
        .forEach(
            each ->
                attributes.put(
                    each.path("key").asText(), each.path("value").elements().next().asText()));
    return attributes;
  }

  private static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(SharedData.find().orElseThrow().resolve(folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsProtobufWithErrorsAndFormerNames() throws Exception {
    // Given
    int before = server.records().size();
    Span tool =
        span("0000000000000002", "execute_tool search")
            .addAttributes(text("gen_ai.operation.name", "execute_tool"))
            .addAttributes(text("gen_ai.tool.name", "search"))
            .addAttributes(text("gen_ai.tool.call.id", "c1"))
            .addAttributes(text("gen_ai.tool.call.arguments", "{\"q\":\"x\"}"))
            .setStatus(
                Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage("no network"))
            .build();
    Span chat =
        span("0000000000000003", "openai.chat")
            .addAttributes(text("gen_ai.system", "openai"))
            .addAttributes(text("llm.request.type", "chat"))
            .addAttributes(text("gen_ai.request.model", "gpt-4o"))
            .addAttributes(text("gen_ai.prompt.0.role", "user"))
            .addAttributes(text("gen_ai.prompt.0.content", "hello"))
            .addAttributes(text("gen_ai.completion.0.content", "world"))
            .addAttributes(number("gen_ai.usage.prompt_tokens", 7))
            .addAttributes(number("gen_ai.usage.completion_tokens", 3))
            .addAttributes(text("own.attribute", "kept"))
            .build();
    Span unknown = span("0000000000000004", "GET /").build();
    Span broken = span("0000000000000005", "chat x").clearTraceId().build();

    // When
    HttpResponse<String> answer =
        server
            .api()
            .post(
                DOOR,
                request(tool, chat, unknown, broken).toByteArray(),
                "Content-Type",
                "application/x-protobuf");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-protobuf");
    assertThat(answer.body()).contains("span 3: traceId: must be 16 bytes that are not all 0");
    List<Event> events = server.decodedFrom(before).stream().map(Event.class::cast).toList();
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(Event.ACTION_REQUEST, Event.ACTION_RESPONSE, Event.REASONING);
    assertThat(events.get(1).isError()).isTrue();
    assertThat(events.get(1).callId()).isEqualTo("c1");
    assertThat(events.get(2).usage().inputTokens()).isEqualTo(7);
    JsonNode call = JSON.readTree(events.get(2).raw());
    assertThat(call.path("payload").path("thought").asText()).isEqualTo("world");
    assertThat(call.path("payload").path("input").toString())
        .isEqualTo("[{\"role\":\"user\",\"content\":\"hello\"}]");
    assertThat(call.path("meta").path("x").path("attributes").path("own.attribute").asText())
        .isEqualTo("kept");
  }

  @Test
  void takesARequestWithoutSpans() {
    HttpResponse<String> answer =
        server.api().post(DOOR, new byte[0], "Content-Type", "application/x-protobuf");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void failsInTheWordsOfOtlp() {
    HttpResponse<String> proto =
        server
            .api()
            .post(DOOR, new byte[] {0x0a, 0x7f, 1}, "Content-Type", "application/x-protobuf");
    assertThat(proto.statusCode()).isEqualTo(400);
    assertThat(proto.headers().firstValue("Content-Type")).contains("application/x-protobuf");
    HttpResponse<String> json = server.api().postJson(DOOR, "{\"resourceSpans\":7}");
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(json.body()).contains("\"path\":\"resourceSpans\"");
  }

  private static ExportTraceServiceRequest request(Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
        .build();
  }

  private static Span.Builder span(String id, String name) {
    return Span.newBuilder()
        .setTraceId(bytes("5b8efff798038103d269b633813fc60c"))
        .setSpanId(bytes(id))
        .setName(name)
        .setStartTimeUnixNano(1_735_689_600_000_000_000L)
        .setEndTimeUnixNano(1_735_689_600_500_000_000L);
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  private static KeyValue text(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String name, long value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
