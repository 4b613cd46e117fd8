package dev.waymark.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One who watches the live feed, by server-sent events or by WebSocket, and keeps what came. */
public final class FeedReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private volatile @Nullable Integer closeCode;
  private volatile String closeReason = "";
  private volatile boolean isOver;
  private @Nullable InputStream body;
  private @Nullable WebSocket socket;

  private FeedReader() {}

  /** Over server-sent events; the header only where it is not null. */
  public static FeedReader sse(URI address, @Nullable String lastEventId) {
    FeedReader reader = new FeedReader();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + ApiServer.ADMIN_KEY);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            address
                + ": "
                + answer.statusCode()
                + " "
                + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      reader.body = answer.body();
      Thread thread = new Thread(() -> reader.readLines(answer.body()), "feed-reader");
      thread.setDaemon(true);
      thread.start();
      return reader;
    } catch (IOException e) {
      throw new IllegalStateException(address + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Over a WebSocket. */
  public static FeedReader socket(URI address) {
    FeedReader reader = new FeedReader();
    URI ws = URI.create(address.toString().replaceFirst("^http", "ws"));
    reader.socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + ApiServer.ADMIN_KEY)
            .buildAsync(ws, reader.new Listener())
            .join();
    return reader;
  }

  private void readLines(InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String id = "";
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          JsonNode message = JSON.readTree(line.substring("data: ".length()));
          if (!message.path("id").asText().equals(id)) {
            throw new AssertionError("the id of the event and of its message differ");
          }
          messages.add(message);
        }
      }
    } catch (IOException e) {
      // Closed by this side, or broken off by the other: over in both cases.
    }
    isOver = true;
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (JsonProcessingException e) {
          throw new AssertionError("no JSON: " + text, e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closeCode = code;
      closeReason = reason;
      isOver = true;
      return null;
    }
  }

  /** All that came so far, notices too. */
  public List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  /** Of these kinds of notices the codes, in order. */
  public List<String> notices() {
    return messages.stream()
        .filter(message -> message.path("kind").asText().equals("notice"))
        .map(message -> message.path("data").path("code").asText())
        .toList();
  }

  /** The numbers of the events that came, in order. */
  public List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode message : messages) {
      if (message.path("kind").asText().equals("event")) {
        numbers.add(message.path("data").path("seq").asLong());
      }
    }
    return numbers;
  }

  public String lastId() {
    return messages.get(messages.size() - 1).path("id").asText();
  }

  public FeedReader awaitNotice(String code) {
    Await.until("notice " + code, () -> notices().contains(code));
    return this;
  }

  public FeedReader awaitEvents(int count) {
    Await.until(count + " events", () -> numbers().size() >= count);
    return this;
  }

  public FeedReader await(String what, Predicate<JsonNode> message) {
    Await.until(what, () -> messages.stream().anyMatch(message));
    return this;
  }

  public void awaitEnd() {
    Await.until("the end of the feed", () -> isOver);
  }

  public @Nullable Integer closeCode() {
    return closeCode;
  }

  public String closeReason() {
    return closeReason;
  }

  @Override
  public void close() {
    try {
      if (body != null) {
        body.close();
      }
      if (socket != null) {
        socket.abort();
      }
    } catch (IOException e) {
      throw new IllegalStateException("not closed", e);
    }
  }
}
