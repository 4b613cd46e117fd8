package dev.waymark.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Clients that post events, each waiting for its answer before it posts again. */
final class EventLoad {
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int EVENTS_A_RUN = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI door;
  private final String name;
  private final int clients;
  private final int batch;
  private final AtomicLong next = new AtomicLong();

  EventLoad(LocalStack stack, String name, int clients, int batch) throws IOException {
    this.door = URI.create(stack.address("WAYMARK_API_URL") + "/api/v1/events");
    this.name = name;
    this.clients = clients;
    this.batch = batch;
  }

  /** What all clients saw. Times are ns of one request, the shortest first. */
  record Result(int batch, double seconds, List<Long> acceptedNanos, List<Long> turnedAwayNanos) {
    long accepted() {
      return (long) acceptedNanos.size() * batch;
    }

    double acceptedPerSecond() {
      return accepted() / seconds;
    }

    double turnedAwayPerSecond() {
      return turnedAwayNanos.size() / seconds;
    }

    double acceptedMs(double q) {
      return percentile(acceptedNanos, q);
    }

    /** 0 where nobody was turned away. */
    double turnedAwayMs(double q) {
      return turnedAwayNanos.isEmpty() ? 0 : percentile(turnedAwayNanos, q);
    }

    private static double percentile(List<Long> sorted, double q) {
      return sorted.get((int) (q * (sorted.size() - 1))) / 1e6;
    }
  }

  /** Throws where an answer is neither acceptance nor a request to come again. */
  Result run(Duration duration) throws Exception {
    List<Long> accepted = new ArrayList<>();
    List<Long> turnedAway = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    long began = System.nanoTime();
    try {
      List<Future<List<Answer>>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(threads.submit(() -> post(began + duration.toNanos())));
      }
      for (Future<List<Answer>> one : all) {
        one.get().forEach(each -> (each.isAccepted() ? accepted : turnedAway).add(each.nanos()));
      }
    } finally {
      threads.shutdownNow();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Collections.sort(accepted);
    Collections.sort(turnedAway);
    return new Result(batch, seconds, accepted, turnedAway);
  }

  private record Answer(boolean isAccepted, long nanos) {}

  private List<Answer> post(long untilNanos) throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>();
    while (System.nanoTime() < untilNanos) {
      long first = next.getAndAdd(batch);
      String body =
          LongStream.range(first, first + batch)
              .mapToObj(number -> event(name, number))
              .collect(Collectors.joining(",", batch == 1 ? "" : "[", batch == 1 ? "" : "]"));
      HttpRequest request =
          HttpRequest.newBuilder(door)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      long asked = System.nanoTime();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      int status = answer.statusCode();
      if (status != ACCEPTED && status != TOO_MANY && status != UNAVAILABLE) {
        throw new IOException(door + ": " + status + " " + answer.body());
      }
      answers.add(new Answer(status == ACCEPTED, System.nanoTime() - asked));
    }
    return answers;
  }

  static String run(String name, long number) {
    return name + '-' + number / EVENTS_A_RUN;
  }

  /** Some 330 bytes. */
  static String event(String name, long number) {
    return "{\"seq\":"
        + (number % EVENTS_A_RUN + 1)
        + ",\"t\":\""
        + Instant.EPOCH.plusMillis(1_735_689_600_000L + number)
        + "\",\"actor\":\"agent\",\"type\":\"action_request\",\"payload\":{\"action\":\"search\",\"params\":"
        + "{\"query\":\"how to get from A to B without a change\",\"limit\":10}},\"meta\":{\"run_id\":\""
        + run(name, number)
        + "\",\"agent_id\":\"gateway-bench\",\"call_id\":\"call-"
        + number
        + "\",\"model\":\"gpt-4o\",\"usage\":{\"input_tokens\":812,\"output_tokens\":40}}}";
  }
}
