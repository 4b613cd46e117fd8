package dev.waymark.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The part of Flink's REST API (v1, Flink 2.2) that is needed to run jobs. Thread safe. */
final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Long, because a job's main method runs within the request that submits it. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final String CAUSED_BY = "Caused by: ";
  private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. )");
  private static final String CRLF = "\r\n";
  private static final int FIRST_ERROR_STATUS = 400;

  private final String url;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  FlinkRest(String url) {
    this.url = url;
  }

  /**
   * A job as the cluster sees it.
   *
   * @param state Flink's own name for it, such as RUNNING or RESTARTING
   * @param allTasksRunning whether every task of it runs, which RUNNING alone does not say
   */
  record Job(String id, String name, String state, boolean allTasksRunning) {
    /** Ended in a way from which Flink does not bring it back. */
    boolean isOver() {
      return List.of("FAILED", "FINISHED", "CANCELED").contains(state);
    }
  }

  /**
   * @param failure the root cause; empty when it is done
   */
  record SavepointResult(Optional<String> location, Optional<String> failure) {}

  /** The cluster said no; the message is the root of its reasons. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  String url() {
    return url;
  }

  /** Whether it answers at all. */
  boolean isUp() throws InterruptedException {
    try {
      get("/overview");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Resource ids of the registered TaskManagers. */
  List<String> taskManagers() throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    get("/taskmanagers").path("taskmanagers").forEach(tm -> ids.add(tm.path("id").asText()));
    return ids;
  }

  List<Job> jobs() throws IOException, InterruptedException {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      JsonNode tasks = job.path("tasks");
      jobs.add(
          new Job(
              job.path("jid").asText(),
              job.path("name").asText(),
              job.path("state").asText(),
              tasks.path("total").asInt() > 0
                  && tasks.path("running").asInt() == tasks.path("total").asInt()));
    }
    return jobs;
  }

  Optional<Job> job(String id) throws IOException, InterruptedException {
    return jobs().stream().filter(job -> job.id().equals(id)).findFirst();
  }

  /** Hands a jar over; returns the id under which it can be run. */
  String upload(Path jar) throws IOException, InterruptedException {
    String boundary = UUID.randomUUID().toString();
    String head =
        String.join(
            CRLF,
            "--" + boundary,
            "Content-Disposition: form-data; name=\"jarfile\"; filename=\"waymark-jobs.jar\"",
            "Content-Type: application/x-java-archive",
            CRLF);
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofString(CRLF + "--" + boundary + "--" + CRLF));
    JsonNode answer =
        send(
            request("/jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body));
    String file = answer.path("filename").asText();
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Runs a job's main method on the cluster; returns the job's id. */
  String run(
      String jarId,
      FlinkJob job,
      List<String> arguments,
      int parallelism,
      Optional<String> snapshot)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("entryClass", job.entryClass());
    body.put("parallelism", parallelism);
    ArrayNode list = body.putArray("programArgsList");
    arguments.forEach(list::add);
    snapshot.ifPresent(
        address -> body.put("savepointPath", address).put("allowNonRestoredState", false));
    return post("/jars/" + jarId + "/run", body).path("jobid").asText();
  }

  /**
   * Begins to stop a job with a savepoint, without drain: stopping is no end of time. Returns the
   * request's id.
   */
  String stop(String jobId, Optional<String> targetDirectory)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("drain", false);
    targetDirectory.ifPresent(target -> body.put("targetDirectory", target));
    return post("/jobs/" + jobId + "/stop", body).path("request-id").asText();
  }

  /** How stopping went; both parts are empty while it goes on. */
  SavepointResult savepoint(String jobId, String requestId)
      throws IOException, InterruptedException {
    JsonNode answer = get("/jobs/" + jobId + "/savepoints/" + requestId);
    JsonNode operation = answer.path("operation");
    Optional<String> location =
        Optional.ofNullable(operation.get("location")).map(JsonNode::asText);
    Optional<String> failure =
        Optional.ofNullable(operation.path("failure-cause").get("stack-trace"))
            .map(JsonNode::asText)
            .map(FlinkRest::rootCause);
    return new SavepointResult(location, failure);
  }

  /** The last reason why the job or one of its tasks failed, as a stack trace. */
  Optional<String> lastFailure(String jobId) throws IOException, InterruptedException {
    JsonNode entries =
        get("/jobs/" + jobId + "/exceptions").path("exceptionHistory").path("entries");
    return Optional.ofNullable(entries.path(0).get("stacktrace")).map(JsonNode::asText);
  }

  /**
   * The innermost cause in a stack trace, without its frames. Its message may have several lines.
   */
  static String rootCause(String stackTrace) {
    StringBuilder root = new StringBuilder();
    boolean inMessage = true;
    for (String line : stackTrace.lines().toList()) {
      if (line.startsWith(CAUSED_BY)) {
        root.setLength(0);
        root.append(line.substring(CAUSED_BY.length()));
        inMessage = true;
      } else if (FRAME.matcher(line).lookingAt()) {
        inMessage = false;
      } else if (inMessage) {
        root.append(root.isEmpty() ? "" : "\n").append(line);
      }
    }
    return root.toString();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= FIRST_ERROR_STATUS) {
      throw new RefusedException(refusal(response.body()));
    }
    return JSON.readTree(response.body());
  }

  /** Flink answers with a list of texts, of which the longest is a stack trace. */
  private static String refusal(String body) {
    try {
      String reason = "";
      for (JsonNode error : JSON.readTree(body).path("errors")) {
        reason = error.asText().length() > reason.length() ? error.asText() : reason;
      }
      return rootCause(reason);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return body;
    }
  }
}
