package dev.waymark.benchmarks.pipeline;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import dev.waymark.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * What the HTTP door takes on a whole stack of one machine, beside a bare Kafka producer that
 * writes the same events to the same broker in the same run: single posts, batches, and far more
 * than it can take. Clients, broker, jobs and API share the machine.
 */
public final class GatewayBenchmark implements Benchmark {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration RUN = Duration.ofSeconds(10);
  private static final Duration SHORT_RUN = Duration.ofSeconds(2);
  private static final int ROUNDS = 3;
  private static final int BATCH = 500;
  private static final int SINGLE_CLIENTS = 24;
  private static final int BATCH_CLIENTS = 3;
  private static final int OVERLOAD_CLIENTS = 400;
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;

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
    Duration run = context.isShort() ? SHORT_RUN : RUN;
    try (LocalStack stack =
        LocalStack.start(context.home(), List.of("--time", "log")).awaitReady(START_PATIENCE)) {
      new EventLoad(stack, "warm-up", SINGLE_CLIENTS, 1).run(run);
      for (int round = 1; round <= (context.isShort() ? 1 : ROUNDS); round++) {
        sample(
            context, "single", new EventLoad(stack, "single-" + round, SINGLE_CLIENTS, 1).run(run));
        sample(
            context,
            "batch-500",
            new EventLoad(stack, "batch-" + round, BATCH_CLIENTS, BATCH).run(run));
        context.sample("producer", "events/s", produce(stack, "producer-" + round, run));
        overload(context, stack, "overload-" + round, run);
      }
    }
  }

  private static void sample(BenchContext context, String figure, EventLoad.Result result) {
    context.sample(figure, "events/s", result.acceptedPerSecond());
    context.sample(figure + ".p50", "ms", result.acceptedMs(P50));
    context.sample(figure + ".p99", "ms", result.acceptedMs(P99));
  }

  private static void overload(BenchContext context, LocalStack stack, String name, Duration run)
      throws Exception {
    long before = end(stack);
    EventLoad.Result result = new EventLoad(stack, name, OVERLOAD_CLIENTS, 1).run(run);
    long written = end(stack) - before;
    if (written < result.accepted()) {
      throw new IOException(result.accepted() + " were acknowledged, " + written + " are there");
    }
    sample(context, "overload", result);
    context.sample("overload.turned-away", "requests/s", result.turnedAwayPerSecond());
    context.sample("overload.turned-away.p99", "ms", result.turnedAwayMs(P99));
  }

  private static double produce(LocalStack stack, String name, Duration run) throws Exception {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.kafka(),
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long began = System.nanoTime();
      long end = began + run.toNanos();
      long sent = 0;
      while (System.nanoTime() < end) {
        List<Future<RecordMetadata>> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
          batch.add(producer.send(record(name, sent++)));
        }
        for (Future<RecordMetadata> one : batch) {
          one.get();
        }
      }
      return sent / ((System.nanoTime() - began) / 1e9);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String name, long number) {
    return new ProducerRecord<>(
        Topics.EVENTS,
        ("default/" + EventLoad.run(name, number)).getBytes(StandardCharsets.UTF_8),
        EventLoad.event(name, number).getBytes(StandardCharsets.UTF_8));
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
