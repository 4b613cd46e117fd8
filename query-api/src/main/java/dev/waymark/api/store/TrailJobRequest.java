package dev.waymark.api.store;

import org.jspecify.annotations.Nullable;

/**
 * What a job over the stored trail is asked for.
 *
 * @param rules of a backtest the draft, a JSON array of canonical rules
 * @param runId of an explanation the run
 * @param tenant only its events; null: of all
 * @param agent only runs whose first event is its; null: of all
 */
public record TrailJobRequest(
    TrailJobKind kind,
    @Nullable String rules,
    @Nullable String runId,
    @Nullable String tenant,
    @Nullable String agent,
    TimeRange range) {
  public static TrailJobRequest backtest(
      String rules, @Nullable String tenant, @Nullable String agent, TimeRange range) {
    return new TrailJobRequest(TrailJobKind.BACKTEST, rules, null, tenant, agent, range);
  }

  public static TrailJobRequest explanation(String tenant, String runId) {
    return new TrailJobRequest(
        TrailJobKind.EXPLANATION, null, runId, tenant, null, new TimeRange(null, null));
  }
}
