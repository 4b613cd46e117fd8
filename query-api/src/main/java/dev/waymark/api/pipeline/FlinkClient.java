package dev.waymark.api.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.pipeline.PipelineView.CheckpointView;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What Flink's REST API tells of the jobs ("REST API" in Flink's documentation). The questions of
 * one call are asked all at once; if one fails, the call does.
 */
@Singleton
final class FlinkClient {
  private static final Duration PATIENCE = Duration.ofMillis(ApiConfig.PATIENCE_MS);

  /**
   * Flink's way to say that an operator has seen no watermark yet, and that it will see no more.
   */
  private static final long NO_WATERMARK = Long.MIN_VALUE;

  private static final long LAST_WATERMARK = Long.MAX_VALUE;

  private final URI flinkUrl;
  private final ObjectMapper json;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  FlinkClient(ApiConfig config, ObjectMapper json) {
    this.flinkUrl = config.flinkUrl();
    this.json = json;
  }

  /**
   * A job as Flink sees it.
   *
   * @param watermark the least of its operators'; null where none has seen one, or all have seen
   *     the last
   */
  record FlinkJob(
      String id,
      String name,
      String state,
      Instant startedAt,
      @Nullable Long restarts,
      @Nullable CheckpointView lastCheckpoint,
      @Nullable Instant watermark) {}

  /**
   * The jobs of these names that Flink knows; of several with one name the one that was submitted
   * last.
   */
  Map<String, FlinkJob> jobs(List<String> names) {
    try {
      List<JsonNode> latest = latestByName(get("/jobs/overview").join().path("jobs"), names);
      List<CompletableFuture<FlinkJob>> asked = latest.stream().map(this::job).toList();
      Map<String, FlinkJob> jobs = new HashMap<>();
      asked.stream().map(CompletableFuture::join).forEach(job -> jobs.put(job.name(), job));
      return jobs;
    } catch (CompletionException e) {
      throw new FlinkUnavailableException("Flink at " + flinkUrl + " does not answer", e);
    }
  }

  private static List<JsonNode> latestByName(JsonNode jobs, List<String> names) {
    Map<String, JsonNode> latest = new HashMap<>();
    for (JsonNode job : jobs) {
      if (names.contains(job.path("name").asText())) {
        latest.merge(job.path("name").asText(), job, FlinkClient::later);
      }
    }
    return List.copyOf(latest.values());
  }

  private static JsonNode later(JsonNode one, JsonNode other) {
    return one.path("start-time").asLong() >= other.path("start-time").asLong() ? one : other;
  }

  private CompletableFuture<FlinkJob> job(JsonNode overview) {
    String path = "/jobs/" + overview.path("jid").asText();
    CompletableFuture<JsonNode> restarts = get(path + "/metrics?get=numRestarts");
    CompletableFuture<JsonNode> checkpoints = get(path + "/checkpoints");
    CompletableFuture<@Nullable Instant> watermark =
        get(path).thenCompose(job -> watermark(path, job));
    return CompletableFuture.allOf(restarts, checkpoints, watermark)
        .thenApply(
            done ->
                new FlinkJob(
                    overview.path("jid").asText(),
                    overview.path("name").asText(),
                    overview.path("state").asText(),
                    Instant.ofEpochMilli(overview.path("start-time").asLong()),
                    restarts(restarts.join()),
                    checkpoint(checkpoints.join().path("latest").path("completed")),
                    watermark.join()));
  }

  private static @Nullable Long restarts(JsonNode metrics) {
    return metrics.isEmpty() ? null : (Long) metrics.path(0).path("value").asLong();
  }

  private static @Nullable CheckpointView checkpoint(JsonNode completed) {
    if (!completed.isObject()) {
      return null;
    }
    return new CheckpointView(
        completed.path("id").asLong(),
        Instant.ofEpochMilli(completed.path("latest_ack_timestamp").asLong()),
        completed.path("end_to_end_duration").asLong(),
        completed.path("state_size").asLong(),
        completed.path("checkpointed_size").asLong());
  }

  private CompletableFuture<@Nullable Instant> watermark(String path, JsonNode job) {
    List<CompletableFuture<JsonNode>> asked = new ArrayList<>();
    for (JsonNode vertex : job.path("vertices")) {
      asked.add(get(path + "/vertices/" + vertex.path("id").asText() + "/watermarks"));
    }
    return CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> least(asked.stream().map(CompletableFuture::join).toList()));
  }

  private static @Nullable Instant least(List<JsonNode> vertices) {
    return vertices.stream()
        .flatMap(
            vertex -> {
              List<Long> watermarks = new ArrayList<>();
              vertex.forEach(metric -> watermarks.add(metric.path("value").asLong()));
              return watermarks.stream();
            })
        .filter(watermark -> watermark != NO_WATERMARK && watermark != LAST_WATERMARK)
        .min(Comparator.naturalOrder())
        .map(Instant::ofEpochMilli)
        .orElse(null);
  }

  private CompletableFuture<JsonNode> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(flinkUrl.resolve(path)).timeout(PATIENCE).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(this::parse);
  }

  private JsonNode parse(HttpResponse<String> response) {
    try {
      if (response.statusCode() == 200) {
        return json.readTree(response.body());
      }
      throw new CompletionException(
          new IOException(response.uri() + " answered " + response.statusCode()));
    } catch (JsonProcessingException e) {
      throw new CompletionException(e);
    }
  }
}
