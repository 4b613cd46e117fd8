package dev.waymark.benchmarks.reads;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.schemas.Topics;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Events at an even pace to Kafka, and readers of the live feed: from the broker's acknowledgement
 * to the bytes at the reader.
 */
final class FeedLoad {
  private static final int EVENTS_A_SECOND = 1_000;
  private static final int AGENTS = 100;
  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final String api;
  private final String kafka;
  private final String authorization;
  private final int seconds;

  FeedLoad(String api, String kafka, String authorization, int seconds) {
    this.api = api;
    this.kafka = kafka;
    this.authorization = authorization;
    this.seconds = seconds;
  }

  /**
   * What the readers had.
   *
   * @param complete readers that had every event
   */
  record Result(int readers, long complete, Percentiles delay) {
    boolean isServed(double limitMs) {
      return complete == readers && delay.p99() < limitMs;
    }
  }

  /** Every reader is shown every event. */
  Result all(BenchContext context, int readers) throws Exception {
    List<URI> addresses = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      addresses.add(URI.create(api + "/api/v1/feed?kind=events"));
    }
    return run(context, addresses, "all-" + readers, (long) EVENTS_A_SECOND * seconds);
  }

  /** Each reader is shown one agent of a hundred; the first one all, to be measured by. */
  Result ofAgents(BenchContext context, int readers) throws Exception {
    List<URI> addresses = new ArrayList<>();
    addresses.add(URI.create(api + "/api/v1/feed?kind=events"));
    for (int i = 1; i < readers; i++) {
      addresses.add(URI.create(api + "/api/v1/feed?kind=events&agent=feed-" + i % AGENTS));
    }
    return run(context, addresses, "agent-" + readers, (long) EVENTS_A_SECOND * seconds / AGENTS);
  }

  private Result run(BenchContext context, List<URI> addresses, String name, long eventsEach)
      throws Exception {
    int count = EVENTS_A_SECOND * seconds;
    long[] acknowledged = new long[count];
    long[] arrived = new long[count];
    try (FeedReaders readers = new FeedReaders(addresses, authorization, arrived)) {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (!readers.areConnected() && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      send(name, acknowledged);
      deadline = System.nanoTime() + PATIENCE_NANOS;
      while ((readers.ofFirst() < count
              || readers.withAtLeast(eventsEach) + readers.over() < addresses.size())
          && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      long complete = readers.withAtLeast(eventsEach);
      long[] delays = new long[count];
      int known = 0;
      for (int i = 0; i < count; i++) {
        if (arrived[i] != 0) {
          delays[known++] = Math.max(0, arrived[i] - acknowledged[i]);
        }
      }
      context.say(
          "%s: %d of %d readers had every event, %d were cut off",
          name, complete, addresses.size(), readers.over());
      return new Result(
          addresses.size(),
          known == count ? complete : 0,
          Percentiles.of(Arrays.copyOf(delays, known)));
    }
  }

  private void send(String name, long[] acknowledged) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                1),
            new StringSerializer(),
            new StringSerializer())) {
      long began = System.nanoTime();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < acknowledged.length; i++) {
        long due = began + i * NANOS_A_SECOND / EVENTS_A_SECOND;
        LockSupport.parkNanos(due - System.nanoTime());
        int number = i;
        String run = name + "-" + i % (AGENTS * 3);
        sent.add(
            producer.send(
                new ProducerRecord<>(Topics.EVENTS, "default/" + run, event(run, i)),
                (metadata, e) -> acknowledged[number] = System.nanoTime()));
      }
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  /** Some 330 bytes; its number stands behind "limit". */
  private static String event(String run, int number) {
    return "{\"seq\":"
        + (number / (AGENTS * 3) + 1)
        + ",\"t\":\""
        + Instant.now()
        + "\",\"actor\":\"agent\",\"type\":\"action_request\",\"payload\":{\"action\":\"search\",\"params\":"
        + "{\"query\":\"how to get from A to B without a change\",\"limit\":"
        + number
        + "}},\"meta\":{\"run_id\":\""
        + run
        + "\",\"agent_id\":\"feed-"
        + number % AGENTS
        + "\",\"call_id\":\"call-"
        + number
        + "\",\"model\":\"gpt-4o\",\"usage\":{\"input_tokens\":812,\"output_tokens\":40}}}";
  }
}
