package dev.waymark.benchmarks.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What a stack's HTTP API says of violations. */
final class ViolationsApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  ViolationsApi(LocalStack stack) throws IOException {
    this.url = stack.address("WAYMARK_API_URL") + "/api/v1/violations";
  }

  /**
   * The runs of the latest violations.
   *
   * @param query such as {@code rule=x}
   */
  List<String> runs(String query) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "?" + query)).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    List<String> runs = new ArrayList<>();
    for (JsonNode violation : JSON.readTree(answer.body()).path("items")) {
      runs.add(violation.path("run_id").asText());
    }
    return runs;
  }
}
