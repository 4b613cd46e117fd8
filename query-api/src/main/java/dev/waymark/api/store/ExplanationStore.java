package dev.waymark.api.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explanations of runs, as their jobs wrote them. */
@Singleton
public final class ExplanationStore {
  private final Database database;
  private final ObjectMapper json;

  ExplanationStore(Database database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * The latest of a run.
   *
   * @param error why it failed
   */
  public record Explanation(
      String state, ExplanationView view, @Nullable String error, Instant createdAt) {
    public boolean isActive() {
      return state.equals("queued") || state.equals("running");
    }

    public boolean isFinished() {
      return state.equals("finished");
    }
  }

  public Optional<Explanation> latest(String tenant, String runId) {
    Sql sql =
        new Sql()
            .add("SELECT state, tenant, run_id, result, error, created_at FROM trail_jobs")
            .add("WHERE tenant = ? AND run_id = ?", tenant, runId)
            .add("ORDER BY created_at DESC LIMIT 1");
    return database.read(session -> session.list(sql, this::explanation).stream().findFirst());
  }

  private Explanation explanation(Row row) throws SQLException {
    String state = row.text("state");
    RawJson result = row.optionalJson("result");
    ExplanationView view =
        result == null
            ? new ExplanationView(
                state, row.text("tenant"), row.text("run_id"), null, List.of(), List.of())
            : parse(state, result.json());
    return new Explanation(state, view, row.optionalText("error"), row.instant("created_at"));
  }

  private ExplanationView parse(String state, String result) {
    try {
      JsonNode node = json.readTree(result);
      ((ObjectNode) node).put("state", state);
      return json.treeToValue(node, ExplanationView.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("trail_jobs.result is not what the job writes", e);
    }
  }
}
