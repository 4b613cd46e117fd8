package dev.waymark.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that post signed events, each waiting for its answer before it posts again; what is
 * turned away is posted again, so that no event of a run is left out. The requests are made before
 * the clock runs.
 */
final class EventLoad {
  static final String DOOR = "/api/v1/events";

  private static final int ACCEPTED = 202;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final URI server;
  private final int batch;
  private final Duration pause;

  /** Of each client; its runs are its own. */
  private final List<List<byte[]>> requests;

  /**
   * @param batch events of a request
   * @param requests how many are posted, of all clients; what is posted again counts again
   * @param pause of a client between an answer and its next request
   */
  EventLoad(LocalStack stack, String name, int clients, int batch, int requests, Duration pause)
      throws IOException {
    this.server = URI.create(stack.address("WAYMARK_API_URL"));
    String authorization = stack.authorization();
    this.batch = batch;
    this.pause = pause;
    this.requests =
        IntStream.range(0, clients)
            .parallel()
            .mapToObj(
                client -> requests(name + '-' + client, authorization, requests / clients, batch))
            .toList();
  }

  private static List<byte[]> requests(
      String client, String authorization, int requests, int batch) {
    return IntStream.range(0, requests)
        .mapToObj(request -> request(client, authorization, request * batch, batch))
        .toList();
  }

  private static byte[] request(String client, String authorization, int first, int batch) {
    String events =
        IntStream.range(first, first + batch)
            .mapToObj(number -> SignedEvents.event(client, number))
            .collect(Collectors.joining("\n"));
    return DoorClient.request(
        DOOR, authorization, batch == 1 ? "application/json" : "application/x-ndjson", events);
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

  private record Answer(boolean isAccepted, long nanos) {}

  /** Posts all; throws where an answer is neither acceptance nor a request to come again. */
  Result run() throws Exception {
    List<Long> accepted = new ArrayList<>();
    List<Long> turnedAway = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(requests.size());
    long began = System.nanoTime();
    try {
      List<Future<List<Answer>>> all = new ArrayList<>();
      for (List<byte[]> own : requests) {
        all.add(threads.submit(() -> post(own)));
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

  private List<Answer> post(List<byte[]> own) throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>();
    try (DoorClient client = new DoorClient(server)) {
      int next = 0;
      while (answers.size() < own.size()) {
        long asked = System.nanoTime();
        int status = client.send(own.get(next));
        answers.add(new Answer(status == ACCEPTED, System.nanoTime() - asked));
        next += status == ACCEPTED ? 1 : 0;
        if (status != ACCEPTED && status != TOO_MANY && status != UNAVAILABLE) {
          throw new IOException(server + DOOR + " answers " + status);
        }
        Thread.sleep(pause.toMillis());
      }
    }
    return answers;
  }
}
