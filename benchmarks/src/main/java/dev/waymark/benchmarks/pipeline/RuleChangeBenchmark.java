package dev.waymark.benchmarks.pipeline;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import dev.waymark.client.ClientConfig;
import dev.waymark.client.EventPublisher;
import dev.waymark.client.demo.DemoStream;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How soon a changed rule is in force, on a live stack while many agents work: from the call that
 * writes the change to the first answer of {@code GET /api/v1/rules} that has it in force, which
 * the job says once it judges by it.
 */
public final class RuleChangeBenchmark implements Benchmark {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CHANGES = 60;
  private static final int SHORT_CHANGES = 5;
  private static final long SEED = 7;

  /** Some 13 events each. */
  private static final double RUNS_PER_MINUTE = 6_000;

  private static final String RULE = "bench-rule";

  @Override
  public String name() {
    return "rule-change";
  }

  @Override
  public String about() {
    return "ms from writing a changed rule to its being in force, while 1,300 events/s come";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    try (LocalStack stack =
            LocalStack.start(context.home(), List.of("--time", "live")).awaitReady(START_PATIENCE);
        Load load = Load.on(stack.kafka());
        Producer<String, String> producer = producer(stack.kafka())) {
      StackApi api = new StackApi(stack);
      List<Long> waitedMs = new ArrayList<>();
      for (int number = 1; number <= (context.isShort() ? SHORT_CHANGES : CHANGES); number++) {
        Thread.sleep(PAUSE.toMillis());
        load.requireRunning();
        waitedMs.add(change(producer, api, number).toMillis());
      }
      waitedMs.sort(null);
      context.sample("rule-change.p50", "ms", LatencyBenchmark.percentile(waitedMs, 0.5));
      context.sample("rule-change.max", "ms", (double) waitedMs.get(waitedMs.size() - 1));
    }
  }

  private static Duration change(Producer<String, String> producer, StackApi api, int number)
      throws Exception {
    Instant began = Instant.now();
    RuleChange change =
        RuleChange.of(RuleParser.parseRule(rule(number)), number, Times.micros(began));
    producer.send(new ProducerRecord<>(Topics.RULES, 0, change.topicKey(), change.encode())).get();
    while (!api.each("rules?state=active&rule=" + RULE, "number")
        .contains(String.valueOf(number))) {
      if (Instant.now().isAfter(began.plus(PATIENCE))) {
        throw new IOException("change " + number + " is not in force after " + PATIENCE);
      }
      Thread.sleep(POLL.toMillis());
    }
    return Duration.between(began, Instant.now());
  }

  /** Each number's differs from the one before. */
  private static String rule(int number) {
    return "{\"id\":\""
        + RULE
        + "\",\"kind\":\"frequency\",\"template\":\"absence\",\"n\":"
        + (100 + number)
        + ",\"activation\":{\"type\":\"action_request\"}}";
  }

  private static Producer<String, String> producer(String kafka) {
    StringSerializer text = new StringSerializer();
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(settings, text, text);
  }

  /** The demo's agents, at work in a thread of their own until it is closed. */
  private static final class Load implements AutoCloseable {
    private final Thread thread;

    private Load(Thread thread) {
      this.thread = thread;
    }

    static Load on(String kafka) {
      Thread thread = new Thread(() -> play(kafka), "load");
      thread.setDaemon(true);
      thread.start();
      return new Load(thread);
    }

    void requireRunning() {
      if (!thread.isAlive()) {
        throw new IllegalStateException("the load has ended");
      }
    }

    private static void play(String kafka) {
      DemoStream stream = DemoStream.of(SEED, Instant.now(), RUNS_PER_MINUTE, Integer.MAX_VALUE);
      try (EventPublisher publisher = EventPublisher.open(ClientConfig.of(kafka))) {
        for (Event event = stream.next(); event != null; event = stream.next()) {
          long leadMs = Times.toMillis(event.timeMicros()) - Instant.now().toEpochMilli();
          if (leadMs > 0) {
            Thread.sleep(leadMs);
          }
          var unused = publisher.publish(event);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
