package dev.waymark.api.store;

import dev.waymark.schemas.metric.LatencySketch;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of one agent so far, while the statements of a page are read. */
final class AgentFigures {
  private final String tenant;
  private final String agentId;
  private final LatencySketch toolLatency = new LatencySketch();
  private final LatencySketch modelLatency = new LatencySketch();
  private @Nullable Instant lastSeenAt;
  private long runs;
  private long runningRuns;
  private long violations;
  private long brokenRuns;
  private long events;
  private long errors;
  private long modelCalls;
  private long unpricedCalls;
  private double costUsd;

  AgentFigures(String tenant, String agentId) {
    this.tenant = tenant;
    this.agentId = agentId;
  }

  void takeLastSeen(Row row) throws SQLException {
    lastSeenAt = row.optionalInstant("last");
  }

  void takeRuns(Row row) throws SQLException {
    runs = row.number("count");
  }

  void takeRunning(Row row) throws SQLException {
    runningRuns = row.number("running");
  }

  void takeViolations(Row row) throws SQLException {
    violations = row.number("count");
  }

  void takeBrokenRuns(Row row) throws SQLException {
    brokenRuns = row.number("count");
  }

  void takeWindow(Row row) throws SQLException {
    events += row.number("events");
    errors += row.number("errors");
    modelCalls += row.number("model_calls");
    unpricedCalls += row.number("unpriced_calls");
    costUsd += row.real("cost_usd");
    merge(toolLatency, row.optionalBytes("latency_sketch"));
    merge(modelLatency, row.optionalBytes("gen_latency_sketch"));
  }

  AgentView view(Instant silentBefore) {
    boolean isSilent = lastSeenAt != null && lastSeenAt.isBefore(silentBefore);
    return new AgentView(
        tenant,
        agentId,
        lastSeenAt,
        isSilent ? lastSeenAt : null,
        runs,
        runningRuns,
        violations,
        runs == 0 ? null : (double) brokenRuns / runs,
        events,
        errors,
        modelCalls,
        unpricedCalls,
        costUsd,
        LatencyView.of(toolLatency),
        LatencyView.of(modelLatency));
  }

  private static void merge(LatencySketch into, byte @Nullable [] sketch) {
    if (sketch != null) {
      into.mergeBytes(sketch);
    }
  }
}
