package dev.waymark.benchmarks.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a stack's HTTP API says. */
final class StackApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String authorization;

  StackApi(LocalStack stack) throws IOException {
    this.url = stack.address("WAYMARK_API_URL") + "/api/v1/";
    this.authorization = stack.authorization();
  }

  /**
   * One field of the items of a list's first page, as text.
   *
   * @param list such as {@code violations?rule=x}
   */
  List<String> each(String list, String field) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + list))
            .header("Authorization", authorization)
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    JsonNode items = JSON.readTree(answer.body()).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }
}
