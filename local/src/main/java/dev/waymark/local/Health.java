package dev.waymark.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Whether something answers at an address, and what. */
final class Health {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /** Whether someone listens at the host and port of an address. */
  boolean accepts(String address) {
    URI uri = URI.create(address);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), (int) TIMEOUT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a GET is answered with 200. */
  boolean answers(URI url) throws InterruptedException {
    return get(url).isPresent();
  }

  /** The body of what answers a GET with 200. */
  Optional<String> get(URI url) throws InterruptedException {
    return get(url, Optional.empty());
  }

  /** The same, showing an API key. */
  Optional<String> get(URI url, Optional<String> key) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
    key.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == OK ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      // Refused or cut off: nothing healthy answers so.
      return Optional.empty();
    }
  }
}
