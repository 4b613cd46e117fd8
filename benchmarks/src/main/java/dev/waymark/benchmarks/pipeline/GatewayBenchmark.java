package dev.waymark.benchmarks.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import dev.waymark.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the HTTP door takes, signatures and all checks on, beside a bare Kafka producer that writes
 * the same events to the same broker in the same run: single posts, batches, and far more than it
 * can take. The jobs are cancelled first; clients, broker and API share the machine.
 */
public final class GatewayBenchmark implements Benchmark {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final int ROUNDS = 3;
  private static final int WARM_UP_ROUNDS = 8;
  private static final int BATCH = 500;
  private static final int SINGLE_CLIENTS = 16;

  /** While two wait for the broker, two keep the processors busy. */
  private static final int BATCH_CLIENTS = 4;

  private static final int OVERLOAD_CLIENTS = 400;
  private static final Duration OVERLOAD_PAUSE = Duration.ofMillis(20);

  /** Requests of a load, and how many of a short run. */
  private static final int SINGLES = 30_000;

  private static final int BATCHES = 300;
  private static final int OVERLOAD = 100_000;
  private static final int SHORT_SHARE = 20;
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;

  private static final String TENANTS =
      """
      version: 1
      tenants:
        - id: "*"
          signature: required
          unknown_agents: deny
          agents:
            - id: %s
              keys: [{ id: %s, file: "%s" }]
              tools: [ { action: search_flights, where: event.payload.params.limit <= 100 } ]
          policies:
            - { id: no-production, deny: event.payload.action.startsWith("delete_") }
      """;

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String about() {
    return "events/s and ms until the 202 over HTTP, beside a bare Kafka producer; and under overload";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    Path folder = Files.createTempDirectory("waymark-bench-gateway");
    try (LocalStack stack =
        LocalStack.start(
                context.home(),
                List.of("--time", "log", "--tenants-file", tenants(folder).toString()))
            .awaitReady(START_PATIENCE)) {
      cancelJobs(URI.create(stack.address("WAYMARK_FLINK_URL")));
      int share = context.isShort() ? SHORT_SHARE : 1;
      Loads loads = new Loads(stack, share);
      warmUp(context, loads);
      for (int round = 1; round <= (context.isShort() ? 1 : ROUNDS); round++) {
        sample(context, "single", loads.single("single-" + round).run());
        sample(context, "batch-500", loads.batch("batch-" + round).run());
        context.sample(
            "producer", "events/s", produce(stack, "producer-" + round, BATCHES * BATCH / share));
        overload(context, stack, loads.overload("overload-" + round));
      }
    } finally {
      LocalStack.delete(folder);
    }
  }

  /**
   * Until the API's code is compiled: for some minutes the compiler takes up to half of one of two
   * processors, which would be measured otherwise.
   */
  private static void warmUp(BenchContext context, Loads loads) throws Exception {
    for (int round = 1; round <= (context.isShort() ? 1 : WARM_UP_ROUNDS); round++) {
      double single = loads.single("warm-up-1-" + round).run().acceptedPerSecond();
      double batch = loads.batch("warm-up-500-" + round).run().acceptedPerSecond();
      context.say("warm-up %d: single %,.0f, batch-500 %,.0f events/s", round, single, batch);
    }
  }

  /** The three kinds of load. */
  private record Loads(LocalStack stack, int share) {
    EventLoad single(String name) throws IOException {
      return new EventLoad(stack, name, SINGLE_CLIENTS, 1, SINGLES / share, Duration.ZERO);
    }

    EventLoad batch(String name) throws IOException {
      return new EventLoad(stack, name, BATCH_CLIENTS, BATCH, BATCHES / share, Duration.ZERO);
    }

    EventLoad overload(String name) throws IOException {
      return new EventLoad(stack, name, OVERLOAD_CLIENTS, 1, OVERLOAD / share, OVERLOAD_PAUSE);
    }
  }

  private static Path tenants(Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("key"), SignedEvents.SECRET);
    return Files.writeString(
        folder.resolve("tenants.yaml"),
        TENANTS
            .replaceFirst("%s", SignedEvents.AGENT)
            .replaceFirst("%s", SignedEvents.KEY_ID)
            .replaceFirst("%s", key.toString()));
  }

  /** What they take of the machine is not the gateway's. */
  private static void cancelJobs(URI flink) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<String> jobs =
        http.send(
            HttpRequest.newBuilder(flink.resolve("/jobs")).build(),
            HttpResponse.BodyHandlers.ofString());
    for (String id : new ObjectMapper().readTree(jobs.body()).findValuesAsText("id")) {
      http.send(
          HttpRequest.newBuilder(flink.resolve("/jobs/" + id))
              .method("PATCH", HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }

  private static void sample(BenchContext context, String figure, EventLoad.Result result) {
    context.sample(figure, "events/s", result.acceptedPerSecond());
    context.sample(figure + ".p50", "ms", result.acceptedMs(P50));
    context.sample(figure + ".p99", "ms", result.acceptedMs(P99));
  }

  private static void overload(BenchContext context, LocalStack stack, EventLoad load)
      throws Exception {
    long before = end(stack);
    EventLoad.Result result = load.run();
    long written = end(stack) - before;
    if (written < result.accepted()) {
      throw new IOException(result.accepted() + " were acknowledged, " + written + " are there");
    }
    sample(context, "overload", result);
    context.sample("overload.turned-away", "requests/s", result.turnedAwayPerSecond());
    context.sample("overload.turned-away.p99", "ms", result.turnedAwayMs(P99));
  }

  private static double produce(LocalStack stack, String name, int events) throws Exception {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.kafka(),
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      records.add(record(name, i));
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long began = System.nanoTime();
      for (int first = 0; first < events; first += BATCH) {
        List<Future<RecordMetadata>> batch = new ArrayList<>(BATCH);
        records.subList(first, Math.min(events, first + BATCH)).stream()
            .map(producer::send)
            .forEach(batch::add);
        for (Future<RecordMetadata> one : batch) {
          one.get();
        }
      }
      return events / ((System.nanoTime() - began) / 1e9);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String name, long number) {
    return new ProducerRecord<>(
        Topics.EVENTS,
        ("default/" + SignedEvents.run(name, number)).getBytes(StandardCharsets.UTF_8),
        SignedEvents.event(name, number).getBytes(StandardCharsets.UTF_8));
  }

  /** Records of the events topic so far. */
  private static long end(LocalStack stack) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka()))) {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (TopicDescription topic :
          admin.describeTopics(List.of(Topics.EVENTS)).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                each ->
                    ends.put(
                        new TopicPartition(topic.name(), each.partition()), OffsetSpec.latest()));
      }
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(ListOffsetsResultInfo::offset)
          .sum();
    }
  }
}
