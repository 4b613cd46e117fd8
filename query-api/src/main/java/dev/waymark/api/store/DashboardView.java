package dev.waymark.api.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What models did in a range.
 *
 * @param startDate what was measured, widened to whole minutes; null: nothing is stored
 * @param endDate exclusive
 * @param totalMlPredictions reports of predictions, each of one call of the model however many
 *     values it predicted; left out where only language models are asked for
 * @param totalLlmRequests model calls, through whichever door; left out where only predictions are
 *     asked for
 * @param activeModels models that were named in the range
 * @param totalCost of the priced calls, USD
 * @param recentEvents the newest first
 */
@Introspected
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DashboardView(
    @Nullable Instant startDate,
    @Nullable Instant endDate,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long totalMlPredictions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long totalLlmRequests,
    long activeModels,
    double totalCost,
    List<RecentEventView> recentEvents) {

  /**
   * One event, without its payload.
   *
   * @param latencyMs of the prediction, the tool or the model; null: not told
   * @param costUsd the event's own or priced; null: no model call, or no price known
   */
  @Introspected
  public record RecentEventView(
      String tenant,
      String runId,
      String agentId,
      long seq,
      Instant t,
      String type,
      @Nullable String action,
      @Nullable String status,
      @Nullable String model,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Double costUsd,
      @Nullable Double latencyMs) {}
}
