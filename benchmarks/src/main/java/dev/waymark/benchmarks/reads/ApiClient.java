package dev.waymark.benchmarks.reads;

import dev.waymark.benchmarks.pipeline.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads of a stack's API, with its admin's key. */
final class ApiClient {
  private static final int OK = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String authorization;

  ApiClient(LocalStack stack) throws IOException {
    this.url = stack.address("WAYMARK_API_URL");
    this.authorization = stack.authorization();
  }

  String get(String path) throws IOException, InterruptedException {
    return send(path, HttpResponse.BodyHandlers.ofString());
  }

  InputStream stream(String path) throws IOException, InterruptedException {
    return send(path, HttpResponse.BodyHandlers.ofInputStream());
  }

  private <T> T send(String path, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", authorization)
            .build();
    HttpResponse<T> answer = http.send(request, handler);
    if (answer.statusCode() != OK) {
      throw new IOException(request.uri() + ": " + answer.statusCode());
    }
    return answer.body();
  }
}
