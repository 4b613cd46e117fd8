package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Draft rules that are tried on the stored trail.
 *
 * @param state queued (no slot yet), running, finished, failed or cancelled
 * @param tenant only its events; null: of all
 * @param agent only runs whose first event is its; null: of all
 * @param from runs that began before were left out; null: none
 * @param to events from then on were left out; null: none
 * @param rules a finished one's result, a rule each: the outcomes of the draft and of the live
 *     version, null where there is none, and how many violations only one of them or both found;
 *     null until then, and in lists
 * @param error why it failed
 */
@Introspected
public record BacktestView(
    String backtestId,
    String state,
    @Nullable String tenant,
    @Nullable String agent,
    @Nullable Instant from,
    @Nullable Instant to,
    ProgressView progress,
    @Nullable RawJson rules,
    @Nullable String error,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /**
   * How far it is.
   *
   * @param eventsTotal null until they are counted
   */
  @Introspected
  public record ProgressView(long eventsRead, @Nullable Long eventsTotal) {}

  /** Whether it waits or runs. */
  public boolean isActive() {
    return state.equals("queued") || state.equals("running");
  }
}
