package dev.waymark.api.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers as Flink 2.2's JobManager was seen to; a whole Flink for a few JSON documents would be
 * too much here.
 */
public final class FlinkStub implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> answers;
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /**
   * @param answers by path and query
   */
  public FlinkStub(Map<String, String> answers) {
    this.answers = new ConcurrentHashMap<>(answers);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on answers so. */
  public void put(String path, String answer) {
    answers.put(path, answer);
  }

  /** From now on answers with 400. */
  public void refuse(String path, String answer) {
    refusals.put(path, answer);
  }

  /** What was asked of it that changes something: method, path and body. */
  public List<String> orders() {
    return requests.stream().filter(request -> !request.startsWith("GET ")).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestMethod() + " " + path + " " + asked);
    String refusal = refusals.get(path);
    String answer = refusal != null ? refusal : answers.get(path);
    byte[] body =
        (answer == null ? "{\"errors\":[\"Not found\"]}" : answer).getBytes(StandardCharsets.UTF_8);
    int status = refusal != null ? 400 : answer == null ? 404 : 200;
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
