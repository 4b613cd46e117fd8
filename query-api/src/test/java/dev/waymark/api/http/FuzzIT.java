package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.waymark.api.DoorsServer;
import dev.waymark.schemas.event.Decoded;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every door of the OpenAPI document that takes a body, with bodies of every bad kind: an answer
 * comes, it is no failure of ours, and whatever reached Kafka can be read.
 */
class FuzzIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20_250_101;
  private static final int MAX_BODY = 1 << 20;
  private static final int MUTATIONS = 60;

  /** One body of each shape, to begin from. */
  private static final Map<String, String> SEEDS = seeds();

  @TempDir private static Path objects;

  private static DoorsServer server;

  @BeforeAll
  static void start() {
    server =
        new DoorsServer(objects, Map.of("WAYMARK_INGEST_MAX_BODY_BYTES", String.valueOf(MAX_BODY)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersEveryBodyWithoutFailing() throws Exception {
    Random random = new Random(SEED);
    List<String> doors = doors();
    assertThat(doors).containsAll(SEEDS.keySet());
    for (String door : doors) {
      String address = door.replaceAll("\\{[a-z_]+}", "fuzz");
      for (byte[] body : bodies(SEEDS.getOrDefault(door, "{}"), random)) {
        check(address, body, "application/json", "identity");
      }
      check(address, random(random, 300), "text/plain", "identity");
      check(address, random(random, 300), "application/x-ndjson", "identity");
      check(address, random(random, 300), "no type at all", "identity");
      check(address, random(random, 300), "application/json", "gzip");
      check(address, random(random, 300), "application/json", "zstd");
      check(address, gzip(" ".repeat(200 * MAX_BODY)), "application/json", "gzip");
      check(address, gzip("[".repeat(100_000)), "application/json", "gzip");
    }
    for (int i = 0; i < MUTATIONS; i++) {
      check(
          "/v1/traces",
          random(random, 1 + random.nextInt(200)),
          "application/x-protobuf",
          "identity");
    }
    check("/v1/traces", emptySpans(), "application/x-protobuf", "identity");

    // Then: nothing is in Kafka that the jobs could not read
    List<Decoded> records = server.decodedFrom(0);
    assertThat(records).isNotEmpty();
  }

  private static void check(String address, byte[] body, String type, String encoding)
      throws Exception {
    HttpResponse<String> answer =
        server.api().post(address, body, "Content-Type", type, "Content-Encoding", encoding);

    String what =
        address
            + " "
            + type
            + " "
            + encoding
            + " "
            + new String(body, 0, Math.min(body.length, 300), StandardCharsets.ISO_8859_1)
            + " -> "
            + answer.statusCode()
            + " "
            + answer.body();
    assertThat(answer.statusCode()).as(what).isLessThan(500);
    assertThat(answer.body()).as(what).doesNotContain("Exception", "\tat ", "dev.waymark");
    boolean isOtlpFailure = type.equals("application/x-protobuf");
    if (answer.statusCode() >= 400 && !isOtlpFailure) {
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(what)
          .contains("application/problem+json");
      JsonNode problem = JSON.readTree(answer.body());
      assertThat(problem.path("instance").asText()).as(what).isEqualTo(address);
    }
  }

  private static List<String> doors() throws Exception {
    JsonNode document =
        new ObjectMapper(new YAMLFactory())
            .readTree(server.api().get("/openapi/waymark-openapi.yml").body());
    List<String> doors = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path -> {
              if (path.getValue().has("post")
                  && path.getValue().path("post").path("tags").toString().contains("Doors")) {
                doors.add(path.getKey());
              }
            });
    return doors;
  }

  private static List<byte[]> bodies(String seed, Random random) throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    bodies.add(new byte[0]);
    for (String text :
        List.of(
            seed,
            "null",
            "7",
            "\"text\"",
            "[]",
            "{}",
            "[[]]",
            "{\"events\":7}",
            "{\"events\":[7,null,[],{}]}",
            "[" + seed + "," + seed + "]",
            "{",
            "[" + seed,
            seed + seed,
            "\u0000",
            "\"\\u0000\"",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "1e999999999",
            "9".repeat(5_000),
            seed.replace("\"", "'"),
            seed.replace("bot", "\\ud800"),
            seed.replace("bot", "\\u0000"),
            seed.replace("bot", "x".repeat(2_000)),
            seed.replace("2025-01-01T00:00:00Z", "99999-99-99"),
            seed.replace("2025-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            "[" + "[],".repeat(300_000) + "[]]",
            "\ufeff" + seed)) {
      bodies.add(text.getBytes(StandardCharsets.UTF_8));
    }
    bodies.add((" ".repeat(MAX_BODY) + seed).getBytes(StandardCharsets.UTF_8));
    bodies.add(seed.getBytes(StandardCharsets.UTF_16));
    bodies.add(new byte[] {(byte) 0xc3, 0x28, (byte) 0xff});
    for (int i = 0; i < MUTATIONS; i++) {
      bodies.add(random(random, 1 + random.nextInt(100)));
      bodies.add(mutated(JSON.readTree(seed), random).toString().getBytes(StandardCharsets.UTF_8));
      bodies.add(flipped(seed, random));
    }
    return bodies;
  }

  /** A value of another kind somewhere. */
  private static JsonNode mutated(JsonNode root, Random random) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    var object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (!names.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(7)) {
        case 0 -> object.remove(name);
        case 1 -> object.putNull(name);
        case 2 -> object.put(name, -1);
        case 3 -> object.put(name, "x");
        case 4 -> object.putArray(name).addObject().put("y", 1);
        case 5 -> object.put(name, Double.MAX_VALUE);
        default -> object.putObject(name).put("z", true);
      }
    }
    return root;
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private static byte[] flipped(String seed, Random random) {
    byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A trace request of as many empty spans as fit: two bytes each. */
  private static byte[] emptySpans() {
    int spans = 100_000;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] scope = lengthDelimited(0x12, new byte[0], spans);
    byte[] resource = lengthDelimited(0x12, scope, 1);
    out.writeBytes(lengthDelimited(0x0a, resource, 1));
    return out.toByteArray();
  }

  private static byte[] lengthDelimited(int tag, byte[] content, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.write(tag);
      int length = content.length;
      while (length > 127) {
        out.write(length & 127 | 128);
        length >>= 7;
      }
      out.write(length);
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static Map<String, String> seeds() {
    String event =
        "{\"seq\":1,\"t\":\"2025-01-01T00:00:00Z\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":{\"thought\":\"x\"},\"meta\":{\"run_id\":\"fuzz\",\"agent_id\":\"bot\"}}";
    Map<String, String> seeds = new LinkedHashMap<>();
    seeds.put("/api/v1/events", event);
    seeds.put(
        "/api/runs",
        "{\"agent_id\":\"bot\",\"goal\":\"g\",\"started_at\":\"2025-01-01T00:00:00Z\"}");
    seeds.put("/api/runs/{run_id}/events", event);
    seeds.put("/api/runs/{run_id}/finalize", "{\"t\":\"2025-01-01T00:00:00Z\"}");
    seeds.put("/api/trace-events/batch", "{\"events\":[" + event + "]}");
    seeds.put(
        "/v1/events",
        "{\"event_id\":\"e\",\"timestamp\":\"2025-01-01T00:00:00Z\",\"agent_instance_id\":\"bot\",\"trace_id\":\"t\",\"actor\":\"agent\",\"action_type\":\"tool_call\",\"resource\":\"r\",\"status\":\"success\",\"latency_ms\":1,\"metadata\":{}}");
    seeds.put(
        "/ingest/ml",
        "{\"events\":[{\"model_type\":\"m\",\"model_id\":\"bot\",\"input_shape\":[1],\"prediction_count\":1,\"timestamp\":\"2025-01-01T00:00:00Z\",\"metadata\":{}}]}");
    seeds.put(
        "/ingest/llm",
        "{\"events\":[{\"model_name\":\"bot\",\"prompt_length\":1,\"response_length\":1,\"tokens_used\":1,\"cost\":1,\"timestamp\":\"2025-01-01T00:00:00Z\",\"metadata\":{}}]}");
    seeds.put(
        "/api/v1/audit/log",
        "{\"user_id\":\"u\",\"session_id\":\"s\",\"decision_type\":\"d\",\"prompt\":\"p\",\"response\":\"r\",\"model\":\"bot\",\"tokens\":1,\"cost\":1,\"duration\":1,\"timestamp\":\"2025-01-01T00:00:00Z\"}");
    seeds.put(
        "/v1/traces",
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"bot\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\"s\"},\"spans\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\",\"name\":\"chat m\",\"startTimeUnixNano\":\"1735689600000000000\",\"endTimeUnixNano\":\"1735689601000000000\",\"attributes\":[{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}},{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"intValue\":\"3\"}}],\"events\":[],\"status\":{\"code\":2}}]}]}]}");
    return seeds;
  }
}
