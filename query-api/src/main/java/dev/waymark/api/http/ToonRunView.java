package dev.waymark.api.http;

import dev.waymark.api.store.RunView;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as Toon's clients know it.
 *
 * @param id the same as {@code runId}
 * @param tenant null: the default one
 * @param status running, completed, failed or timed_out
 * @param totals what the trail says of it; null for a run that has just begun
 */
@Introspected
public record ToonRunView(
    String id,
    String runId,
    String agentId,
    @Nullable String tenant,
    String status,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable RunView totals) {

  static ToonRunView of(RunView run) {
    return new ToonRunView(
        run.runId(),
        run.runId(),
        run.agentId(),
        run.tenant(),
        run.status(),
        run.startedAt(),
        run.endedAt(),
        run);
  }

  static ToonRunView begun(
      String runId, String agentId, @Nullable String tenant, Instant startedAt) {
    return new ToonRunView(runId, runId, agentId, tenant, "running", startedAt, null, null);
  }
}
