package dev.waymark.api.store;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.metric.LatencySketch;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures being put together from the sums, the sketches and the counts of one stretch of time. */
final class Figures {
  /** To be selected from windows. Sums of bigint are numeric in PostgreSQL, hence the casts. */
  static final String SUMS =
      """
      coalesce(sum(events), 0)::bigint AS events,
      coalesce(sum(reasoning), 0)::bigint AS reasoning,
      coalesce(sum(action_requests), 0)::bigint AS action_requests,
      coalesce(sum(action_responses), 0)::bigint AS action_responses,
      coalesce(sum(final_outputs), 0)::bigint AS final_outputs,
      coalesce(sum(error_events), 0)::bigint AS error_events,
      coalesce(sum(environments), 0)::bigint AS environments,
      coalesce(sum(errors), 0)::bigint AS errors,
      coalesce(sum(model_calls), 0)::bigint AS model_calls,
      coalesce(sum(priced_calls), 0)::bigint AS priced_calls,
      coalesce(sum(unpriced_calls), 0)::bigint AS unpriced_calls,
      coalesce(sum(input_tokens), 0)::bigint AS input_tokens,
      coalesce(sum(output_tokens), 0)::bigint AS output_tokens,
      coalesce(sum(cached_input_tokens), 0)::bigint AS cached_input_tokens,
      coalesce(sum(cache_write_input_tokens), 0)::bigint AS cache_write_input_tokens,
      coalesce(sum(cost_usd), 0) AS cost_usd
      """;

  private final LatencySketch toolLatency = new LatencySketch();
  private final LatencySketch modelLatency = new LatencySketch();
  private final Map<String, Long> sums = new LinkedHashMap<>();
  private double costUsd;
  private @Nullable Long runs;
  private @Nullable Long violations;

  /** What is counted begins at 0; what is not stays unknown. */
  Figures(boolean countsRuns, boolean countsViolations) {
    runs = countsRuns ? 0L : null;
    violations = countsViolations ? 0L : null;
  }

  /** Takes the columns of {@link #SUMS}. */
  void takeSums(Row row) throws SQLException {
    for (String column : COLUMNS) {
      sums.put(column, row.number(column));
    }
    costUsd = row.real("cost_usd");
  }

  /** Merges the sketches of one window. */
  void mergeSketches(Row row) throws SQLException {
    merge(toolLatency, row.optionalBytes("latency_sketch"));
    merge(modelLatency, row.optionalBytes("gen_latency_sketch"));
  }

  void setRuns(long count) {
    runs = count;
  }

  void setViolations(long count) {
    violations = count;
  }

  FiguresView view() {
    return new FiguresView(
        runs,
        violations,
        sum("events"),
        eventsByType(),
        sum("errors"),
        sum("model_calls"),
        sum("priced_calls"),
        sum("unpriced_calls"),
        sum("input_tokens"),
        sum("output_tokens"),
        sum("cached_input_tokens"),
        sum("cache_write_input_tokens"),
        costUsd,
        LatencyView.of(toolLatency),
        LatencyView.of(modelLatency));
  }

  private Map<String, Long> eventsByType() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(Event.REASONING, sum("reasoning"));
    counts.put(Event.ACTION_REQUEST, sum("action_requests"));
    counts.put(Event.ACTION_RESPONSE, sum("action_responses"));
    counts.put(Event.FINAL_OUTPUT, sum("final_outputs"));
    counts.put(Event.ERROR, sum("error_events"));
    counts.put(Event.ENVIRONMENT, sum("environments"));
    return counts;
  }

  private long sum(String column) {
    return sums.getOrDefault(column, 0L);
  }

  private static void merge(LatencySketch into, byte @Nullable [] sketch) {
    if (sketch != null) {
      into.mergeBytes(sketch);
    }
  }

  private static final String[] COLUMNS = {
    "events",
    "reasoning",
    "action_requests",
    "action_responses",
    "final_outputs",
    "error_events",
    "environments",
    "errors",
    "model_calls",
    "priced_calls",
    "unpriced_calls",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_input_tokens"
  };
}
