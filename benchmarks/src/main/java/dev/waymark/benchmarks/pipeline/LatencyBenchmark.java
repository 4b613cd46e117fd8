package dev.waymark.benchmarks.pipeline;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import dev.waymark.client.ClientConfig;
import dev.waymark.client.EventBuilder;
import dev.waymark.client.EventPublisher;
import dev.waymark.jobs.config.Settings;
import dev.waymark.jobs.config.TimeConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * How long after the moment that decides it a violation can be read over HTTP, on a live stack with
 * its default rules. Each event that is sent breaks two of them: one at once, and one because
 * nothing answers it in time.
 */
public final class LatencyBenchmark implements Benchmark {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final String AT_AN_EVENT = "look-up-before-booking";
  private static final String AT_A_DEADLINE = "tool-call-answered";

  /** Of {@link #AT_A_DEADLINE}. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** The first ones find a stack that has not judged anything yet. */
  private static final int WARM_UP = 50;

  private static final int EVENTS = 400;
  private static final int SHORT_EVENTS = 50;
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String about() {
    return "ms from what decides a violation to its being readable over HTTP, live";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    int events = WARM_UP + (context.isShort() ? SHORT_EVENTS : EVENTS);
    try (LocalStack stack =
            LocalStack.start(context.home(), List.of("--time", "live")).awaitReady(START_PATIENCE);
        EventPublisher publisher = EventPublisher.open(ClientConfig.of(stack.kafka()))) {
      context.sample("out-of-orderness", "ms", (double) outOfOrdernessMs());
      Watch watch = new Watch(publisher, new StackApi(stack), events);
      watch.run();
      sample(context, "event-to-violation", watch.waitedForEvents());
      sample(context, "deadline-to-violation", watch.waitedForDeadlines());
    }
  }

  /** What the jobs wait for events out of order: part of every figure. */
  private static long outOfOrdernessMs() {
    return TimeConfig.from(new Settings(new String[0], Map.of())).outOfOrdernessMs();
  }

  private static void sample(BenchContext context, String figure, List<Long> sortedMs) {
    context.sample(figure + ".p50", "ms", percentile(sortedMs, P50));
    context.sample(figure + ".p99", "ms", percentile(sortedMs, P99));
  }

  static double percentile(List<Long> sorted, double q) {
    return sorted.get((int) (q * (sorted.size() - 1)));
  }

  /** Sends and looks in turn. */
  private static final class Watch {
    private final EventPublisher publisher;
    private final StackApi api;
    private final int events;
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Instant> brokenAtAnEvent = new HashMap<>();
    private final Map<String, Instant> brokenAtADeadline = new HashMap<>();

    private record Sent(String run, Instant at) {}

    Watch(EventPublisher publisher, StackApi api, int events) {
      this.publisher = publisher;
      this.api = api;
      this.events = events;
    }

    void run() throws IOException, InterruptedException {
      Instant start = Instant.now();
      Instant end = start.plus(EVERY.multipliedBy(events)).plus(DEADLINE).plus(PATIENCE);
      while (brokenAtAnEvent.size() < events || brokenAtADeadline.size() < events) {
        Instant next = start.plus(EVERY.multipliedBy(sent.size()));
        if (sent.size() < events && !Instant.now().isBefore(next)) {
          send("latency-" + sent.size());
        }
        look(AT_AN_EVENT, brokenAtAnEvent);
        look(AT_A_DEADLINE, brokenAtADeadline);
        if (Instant.now().isAfter(end)) {
          throw new IOException("violations are missing after " + PATIENCE);
        }
        Thread.sleep(POLL.toMillis());
      }
    }

    private void send(String run) {
      Instant now = Instant.now();
      sent.add(new Sent(run, now));
      CompletableFuture<Void> unused =
          publisher.publish(
              EventBuilder.actionRequest("book_reservation")
                  .callId("call-1")
                  .seq(1)
                  .at(now)
                  .run(run)
                  .agent("latency-bench")
                  .toEvent());
    }

    private void look(String rule, Map<String, Instant> seen)
        throws IOException, InterruptedException {
      List<String> runs = api.each("violations?limit=100&rule=" + rule, "run_id");
      Instant now = Instant.now();
      for (String run : runs) {
        seen.putIfAbsent(run, now);
      }
    }

    List<Long> waitedForEvents() {
      return waited(brokenAtAnEvent, Duration.ZERO);
    }

    List<Long> waitedForDeadlines() {
      return waited(brokenAtADeadline, DEADLINE);
    }

    /** From the moment that decides to the first look that shows it, ms, the shortest first. */
    private List<Long> waited(Map<String, Instant> seen, Duration decidedAfter) {
      return sent.stream()
          .skip(WARM_UP)
          .map(one -> Duration.between(one.at().plus(decidedAfter), seenAt(seen, one)).toMillis())
          .sorted()
          .toList();
    }

    private static Instant seenAt(Map<String, Instant> seen, Sent sent) {
      return Objects.requireNonNull(seen.get(sent.run()), "every violation was waited for");
    }
  }
}
