package dev.waymark.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.api.ApiServer;
import dev.waymark.api.DoorsServer;
import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.Events;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than it can take is turned away; what it acknowledged is there; slow clients hold nobody up.
 */
class OverloadIT {
  private static final String DOOR = "/api/v1/events";
  private static final int CLIENTS = 48;
  private static final int POSTS = 25;
  private static final int MAX_BODY = 1 << 20;
  private static final int END = -1;

  @TempDir private static Path objects;

  private static DoorsServer server;

  @BeforeAll
  static void start() {
    server =
        new DoorsServer(
            objects,
            Map.of(
                "WAYMARK_INGEST_MAX_IN_FLIGHT",
                "2",
                "WAYMARK_INGEST_MAX_BODY_BYTES",
                String.valueOf(MAX_BODY),
                "WAYMARK_INGEST_MAX_IN_FLIGHT_BYTES",
                String.valueOf(2 * MAX_BODY),
                "WAYMARK_INGEST_MAX_ARRIVING_BYTES",
                String.valueOf(4 * MAX_BODY),
                "WAYMARK_INGEST_BODY_TIMEOUT_MS",
                "3000"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void turnsAwayWhatIsTooMuchAndLosesNothingAcknowledged() throws Exception {
    // When
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Set<String>>> running = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      String run = "load-" + client;
      running.add(clients.submit(() -> postAll(run)));
    }
    Set<String> acknowledged = new HashSet<>();
    for (Future<Set<String>> one : running) {
      acknowledged.addAll(one.get());
    }
    clients.shutdown();

    // Then
    assertThat(acknowledged).isNotEmpty().hasSizeLessThan(CLIENTS * POSTS);
    assertThat(written()).containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  /** Returns which of its events were acknowledged. */
  private static Set<String> postAll(String run) {
    Set<String> acknowledged = new HashSet<>();
    for (int seq = 1; seq <= POSTS; seq++) {
      HttpResponse<String> answer = post(run, seq);
      if (answer.statusCode() == 202) {
        acknowledged.add(run + "/" + seq);
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      }
    }
    return acknowledged;
  }

  @Test
  void isNotHeldUpBySlowBodies() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 4 * CLIENTS; i++) {
        slow.add(beginPost());
      }

      // While they are on their way: small ones pass, large ones do not.
      assertThat(post("beside", 1).statusCode()).isEqualTo(202);
      assertThat(postLarge("beside").statusCode()).isEqualTo(429);
      // Each is turned away, or given up in time.
      for (Socket socket : slow) {
        socket.setSoTimeout(30_000);
        assertThat(socket.getInputStream().read()).isIn(END, (int) 'H');
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(postLarge("after").statusCode()).isEqualTo(202);
  }

  private static HttpResponse<String> postLarge(String run) {
    byte[] event = Events.reasoning("on and ".repeat(MAX_BODY / 10)).run(run).seq(2).bytes();
    return server.api().post(DOOR, event, "Content-Type", "application/json");
  }

  /** A request whose body does not come. */
  private static Socket beginPost() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.api().url().getPort());
    OutputStream out = socket.getOutputStream();
    String head =
        "POST "
            + DOOR
            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + ApiServer.ADMIN_KEY
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + MAX_BODY / 2
            + "\r\n\r\n[";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private static HttpResponse<String> post(String run, int seq) {
    byte[] event = Events.reasoning("on").run(run).seq(seq).bytes();
    return server.api().post(DOOR, event, "Content-Type", "application/json");
  }

  private static Set<String> written() {
    return server.decodedFrom(0).stream()
        .map(Event.class::cast)
        .filter(event -> event.runId().startsWith("load-"))
        .map(event -> event.runId() + "/" + event.seq())
        .collect(Collectors.toSet());
  }
}
