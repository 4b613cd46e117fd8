package dev.waymark.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the API says about the jobs at {@code /api/v1/pipeline}, in words. */
final class PipelineReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MS_PER_SECOND = 1_000;

  private final JsonNode root;

  private PipelineReport(JsonNode root) {
    this.root = root;
  }

  /**
   * @param json the answer's body; anything else than such an answer gives a report without words
   */
  static PipelineReport of(Optional<String> json) throws IOException {
    return new PipelineReport(JSON.readTree(json.orElse("{}")));
  }

  /** How a job keeps up; empty when nothing is known of it. */
  String of(FlinkJob job) {
    for (JsonNode view : root.path("jobs")) {
      if (view.path("job").asText().equals(job.name())) {
        return words(view);
      }
    }
    return "";
  }

  /** Servers that did not answer the API. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    root.path("problems").forEach(problem -> problems.add(problem.asText()));
    return problems;
  }

  private static String words(JsonNode view) {
    List<String> words = new ArrayList<>();
    if (view.hasNonNull("restarts")) {
      words.add("restarts " + view.path("restarts").asLong());
    }
    long behind = 0;
    for (JsonNode lag : view.path("consumer_lag")) {
      behind += lag.path("records").asLong();
    }
    words.add(Text.of("lag %d records", behind));
    if (view.hasNonNull("watermark_lag_ms")) {
      double seconds = view.path("watermark_lag_ms").asLong() / MS_PER_SECOND;
      words.add(Text.of("watermark %.1f s behind", seconds));
    }
    if (view.path("last_checkpoint").hasNonNull("completed_at")) {
      words.add("checkpoint " + view.path("last_checkpoint").path("completed_at").asText());
    }
    return String.join(", ", words);
  }
}
