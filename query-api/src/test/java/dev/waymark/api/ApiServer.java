package dev.waymark.api;

import dev.waymark.api.config.ApiConfig;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole API on a free port, and two ways to talk to it: raw HTTP and clients of its own
 * interfaces.
 */
public final class ApiServer implements AutoCloseable {
  /** Key of the operator's admin, whom every server has. */
  public static final String ADMIN_KEY = "wmk_the-key-of-the-admin-of-all-test-servers";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  public static final String KEY_OF_BYTES =
      Base64.getEncoder()
          .encodeToString("01234567890123456789012345678901".getBytes(StandardCharsets.UTF_8));

  private final ApplicationContext server;
  private final ApplicationContext clients;
  private final URI url;
  private final String bearer;

  private ApiServer(Map<String, String> environment) {
    Map<String, String> complete = new HashMap<>(environment);
    complete.put("WAYMARK_API_PORT", "0");
    complete.putIfAbsent("WAYMARK_ADMIN_KEY", ADMIN_KEY);
    complete.putIfAbsent("WAYMARK_JWT_KEY", KEY_OF_BYTES);
    complete.putIfAbsent("WAYMARK_MASTER_KEY", KEY_OF_BYTES);
    server = Application.start(ApiConfig.from(complete));
    url = server.getBean(EmbeddedServer.class).getURI();
    bearer = "Bearer " + ADMIN_KEY;
    clients =
        ApplicationContext.run(
            Map.of("api.url", url.toString(), "micronaut.health.monitor.enabled", false));
  }

  /** Starts it with these variables; returns before database and Kafka are looked for. */
  public static ApiServer start(Map<String, String> environment) {
    return new ApiServer(environment);
  }

  /** Where it listens. */
  public URI url() {
    return url;
  }

  /** A client declared in the tests from one of the operations. */
  public <T> T client(Class<T> type) {
    return clients.getBean(type);
  }

  /** A bean of the server. */
  public <T> T bean(Class<T> type) {
    return server.getBean(type);
  }

  /** The same server, asked with that API key or token; empty: with none. */
  public ApiServer as(String credential) {
    return new ApiServer(this, credential.isEmpty() ? "" : "Bearer " + credential);
  }

  private ApiServer(ApiServer other, String bearer) {
    this.server = other.server;
    this.clients = other.clients;
    this.url = other.url;
    this.bearer = bearer;
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(pathAndQuery));
    return bearer.isEmpty() ? request : request.header("Authorization", bearer);
  }

  /** The whole address of a path and query. */
  public URI uri(String pathAndQuery) {
    return url.resolve(pathAndQuery);
  }

  public HttpResponse<String> get(String pathAndQuery) {
    return send(request(pathAndQuery).build());
  }

  /** The same with a header. */
  public HttpResponse<String> get(String pathAndQuery, String header, String value) {
    return send(request(pathAndQuery).header(header, value).build());
  }

  public HttpResponse<String> send(String method, String pathAndQuery) {
    HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
    return send(request(pathAndQuery).method(method, nothing).build());
  }

  /** Sends a body as YAML. */
  public HttpResponse<String> post(String pathAndQuery, String body) {
    return send(
        request(pathAndQuery)
            .header("Content-Type", "application/yaml")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends bytes as they are, with pairs of header names and values. */
  public HttpResponse<String> post(String pathAndQuery, byte[] body, String... headers) {
    HttpRequest.Builder request =
        request(pathAndQuery).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  /** Sends JSON, with pairs of header names and values beside its type. */
  public HttpResponse<String> postJson(String pathAndQuery, String json, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return post(pathAndQuery, json.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
  }

  /** A stream without end is left after its head. */
  private static BodySubscriber<String> body(ResponseInfo head) {
    boolean isStream =
        head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    return isStream
        ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), ApiServer::leave)
        : BodySubscribers.ofString(StandardCharsets.UTF_8);
  }

  private static String leave(InputStream stream) {
    try {
      stream.close();
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, ApiServer::body);
    } catch (IOException e) {
      throw new IllegalStateException(request.uri() + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    clients.close();
    server.close();
  }
}
