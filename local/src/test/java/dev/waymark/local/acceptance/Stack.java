package dev.waymark.local.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** {@code ./waymark up} on free ports and a folder of its own, and its API. */
final class Stack {
  private static final List<String> PORTS =
      List.of(
          "WAYMARK_API_PORT",
          "WAYMARK_DB_PORT",
          "WAYMARK_KAFKA_PORT",
          "WAYMARK_KAFKA_CONTROLLER_PORT",
          "WAYMARK_FLINK_PORT",
          "WAYMARK_FLINK_RPC_PORT");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long STOP_MINUTES = 3;
  private static final long POLL_MS = 250;
  private static final String PAGE_ITEMS = "1000";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path out;
  private final WaymarkCommand command;
  private final Process process;
  private final String url;

  private Stack(Path out, WaymarkCommand command, Process process, String url) {
    this.out = out;
    this.command = command;
    this.process = process;
    this.url = url;
  }

  /** Starts it and waits until the API and the jobs are up. */
  static Stack start(Path folder, List<String> arguments) throws Exception {
    Map<String, String> environment = new HashMap<>(freePorts());
    environment.put("WAYMARK_DATA_DIR", folder.resolve("data").toString());
    WaymarkCommand command = new WaymarkCommand(folder, environment);
    Path out = folder.resolve("up.out");
    List<String> line = new ArrayList<>(List.of("up"));
    line.addAll(arguments);
    Process process = command.start(out, line);
    Stack stack =
        new Stack(out, command, process, "http://127.0.0.1:" + environment.get("WAYMARK_API_PORT"));
    try {
      stack.await("Waymark is up", () -> WaymarkCommand.text(out).contains("Waymark is up"));
    } catch (AssertionError e) {
      stack.close();
      throw e;
    }
    return stack;
  }

  /** Runs another command on this stack. */
  WaymarkCommand.Outcome run(List<String> arguments) throws Exception {
    return command.run(arguments);
  }

  /** The JSON at a path, with these parameters. */
  JsonNode get(String path, Map<String, String> parameters) throws Exception {
    return AgentRuns.JSON.readTree(text(path, parameters));
  }

  /** All items of a list, page by page. */
  List<JsonNode> all(String path, Map<String, String> parameters) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    for (String page : pages(path, parameters)) {
      AgentRuns.JSON.readTree(page).path("items").forEach(items::add);
    }
    return items;
  }

  /** The pages of a list as they came. */
  List<String> pages(String path, Map<String, String> parameters) throws Exception {
    Map<String, String> asked = new HashMap<>(parameters);
    asked.put("limit", PAGE_ITEMS);
    List<String> pages = new ArrayList<>();
    String cursor = "";
    do {
      if (!cursor.isEmpty()) {
        asked.put("cursor", cursor);
      }
      String page = text(path, asked);
      pages.add(page);
      cursor = AgentRuns.JSON.readTree(page).path("next_cursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return pages;
  }

  /** What the API answers to JSON; throws where it takes it not. */
  String post(String path, String body) throws Exception {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Waits for a condition; the stack must live. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (!process.isAlive()) {
        throw new AssertionError(
            "the stack ended before: " + what + "\n" + WaymarkCommand.text(out));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + PATIENCE.toMinutes() + " min: " + what);
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** Stops it as Ctrl-C does. */
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(STOP_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("did not stop:\n" + WaymarkCommand.text(out));
    }
  }

  private String text(String path, Map<String, String> parameters) throws Exception {
    String query =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return answer(request(path + "?" + query).build());
  }

  private HttpRequest.Builder request(String target) throws IOException {
    return HttpRequest.newBuilder(URI.create(url + target))
        .header("Authorization", "Bearer " + Files.readString(adminKey()).strip());
  }

  private String answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(
          request.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private Path adminKey() {
    return out.resolveSibling("data/secrets/admin.key");
  }

  private static Map<String, String> freePorts() throws IOException {
    Map<String, String> ports = new HashMap<>();
    List<ServerSocket> sockets = new ArrayList<>();
    for (String name : PORTS) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.put(name, String.valueOf(socket.getLocalPort()));
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
