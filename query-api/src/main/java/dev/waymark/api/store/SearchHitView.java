package dev.waymark.api.store;

import dev.waymark.api.text.TextQuery.Snippet;
import io.micronaut.core.annotation.Introspected;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event whose payload has all the words.
 *
 * @param runStartedAt what hits are ordered by, the latest first
 * @param identity idempotency key, else {@code seq:} and the number
 * @param snippet text of the payload around the first of the words; plain text, not HTML
 * @param highlights where in the snippet the words stand, in UTF-16 units
 */
@Introspected
public record SearchHitView(
    String tenant,
    String runId,
    Instant runStartedAt,
    String agentId,
    long seq,
    Instant t,
    String identity,
    String type,
    @Nullable String action,
    String snippet,
    List<HighlightView> highlights) {

  /**
   * One stretch.
   *
   * @param end exclusive
   */
  @Introspected
  public record HighlightView(int start, int end) {}

  static SearchHitView of(Row event, Instant runStartedAt, Snippet snippet) throws SQLException {
    return new SearchHitView(
        event.text("tenant"),
        event.text("run_id"),
        runStartedAt,
        event.text("agent_id"),
        event.number("seq"),
        event.instant("t"),
        event.text("identity"),
        event.text("type"),
        event.optionalText("action"),
        snippet.text(),
        snippet.highlights().stream()
            .map(stretch -> new HighlightView(stretch.start(), stretch.end()))
            .toList());
  }
}
