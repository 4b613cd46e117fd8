package dev.waymark.api.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Has Flink run bounded jobs of the job jar, over its REST API. Every method throws {@link
 * FlinkUnavailableException} where Flink does not answer.
 */
@Singleton
public final class JobRunner {
  /** Longest that the main method of a job may take, which runs within the request. */
  public static final Duration SUBMISSION = Duration.ofSeconds(60);

  private static final Duration PATIENCE = Duration.ofMillis(ApiConfig.PATIENCE_MS);
  private static final String JAR = "waymark-jobs";
  private static final String CRLF = "\r\n";
  private static final String CAUSED_BY = "Caused by: ";
  private static final int NOT_FOUND = 404;
  private static final int FIRST_ERROR = 400;

  private final URI flinkUrl;
  private final String jobJar;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  JobRunner(ApiConfig config, ObjectMapper json) {
    this.flinkUrl = config.flinkUrl();
    this.jobJar = config.trailJobs().jobJar();
    this.json = json;
  }

  /** Makes sure that Flink answers and has the job jar. */
  public void requireReady() {
    String unused = jarId();
  }

  /**
   * Runs a main method; returns when Flink has taken the job.
   *
   * @param id the job's, 32 hexadecimal digits
   */
  public void submit(String id, String entryClass, List<String> arguments)
      throws JobRefusedException {
    ObjectNode body = json.createObjectNode().put("entryClass", entryClass).put("jobId", id);
    ArrayNode list = body.putArray("programArgsList");
    arguments.forEach(list::add);
    HttpRequest.Builder request =
        request("/jars/" + jarId() + "/run")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    HttpResponse<String> answer = send(request.timeout(SUBMISSION));
    if (answer.statusCode() >= FIRST_ERROR) {
      throw new JobRefusedException(refusal(answer.body()));
    }
  }

  /** The job's state as Flink calls it; empty where it knows no such job. */
  public Optional<String> state(String id) {
    HttpResponse<String> answer = send(request("/jobs/" + id).GET());
    return answer.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(tree(answer).path("state").asText());
  }

  /** Why the job failed. */
  public String failure(String id) {
    JsonNode entries =
        tree(send(request("/jobs/" + id + "/exceptions").GET()))
            .path("exceptionHistory")
            .path("entries");
    return rootCause(entries.path(0).path("stacktrace").asText("Flink does not say why"));
  }

  /** Cancels the job, if it is there and not over. */
  public void cancel(String id) {
    HttpRequest.Builder request =
        request("/jobs/" + id + "?mode=cancel").method("PATCH", BodyPublishers.noBody());
    HttpResponse<String> unused = send(request);
  }

  /** The innermost cause in a stack trace, without its frames. */
  static String rootCause(String stackTrace) {
    int last = stackTrace.lastIndexOf(CAUSED_BY);
    String cause = last < 0 ? stackTrace : stackTrace.substring(last + CAUSED_BY.length());
    int frames = cause.indexOf("\n\tat ");
    return (frames < 0 ? cause : cause.substring(0, frames)).strip();
  }

  private String jarId() {
    JsonNode newest = null;
    for (JsonNode file : tree(send(request("/jars").GET())).path("files")) {
      boolean isNewer =
          newest == null || file.path("uploaded").asLong() > newest.path("uploaded").asLong();
      if (file.path("name").asText().startsWith(JAR) && isNewer) {
        newest = file;
      }
    }
    return newest == null ? upload() : newest.path("id").asText();
  }

  private String upload() {
    if (jobJar.isEmpty()) {
      throw new FlinkUnavailableException(
          "Flink at " + flinkUrl + " has no " + JAR + ".jar; name it in WAYMARK_FLINK_JOB_JAR");
    }
    String boundary = UUID.randomUUID().toString();
    String head =
        String.join(
            CRLF,
            "--" + boundary,
            "Content-Disposition: form-data; name=\"jarfile\"; filename=\"" + JAR + ".jar\"",
            "Content-Type: application/x-java-archive",
            CRLF);
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            jar(),
            BodyPublishers.ofString(CRLF + "--" + boundary + "--" + CRLF));
    HttpRequest.Builder request =
        request("/jars/upload")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(body);
    String file = tree(send(request.timeout(SUBMISSION))).path("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private BodyPublisher jar() {
    try {
      return BodyPublishers.ofFile(Path.of(jobJar));
    } catch (FileNotFoundException e) {
      throw new FlinkUnavailableException("there is no file " + jobJar, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(flinkUrl.resolve(path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new FlinkUnavailableException("Flink at " + flinkUrl + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkUnavailableException("interrupted while Flink was asked", e);
    }
  }

  private JsonNode tree(HttpResponse<String> answer) {
    try {
      if (answer.statusCode() < FIRST_ERROR) {
        return json.readTree(answer.body());
      }
      throw new FlinkUnavailableException(answer.uri() + " answered " + answer.statusCode());
    } catch (JsonProcessingException e) {
      throw new FlinkUnavailableException(answer.uri() + " did not answer with JSON", e);
    }
  }

  /** Flink answers with a list of texts, of which the longest is a stack trace. */
  private String refusal(String body) {
    try {
      String longest = "";
      for (JsonNode error : json.readTree(body).path("errors")) {
        longest = error.asText().length() > longest.length() ? error.asText() : longest;
      }
      return rootCause(longest);
    } catch (JsonProcessingException e) {
      return body;
    }
  }
}
