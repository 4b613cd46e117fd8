package dev.waymark.api.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.schemas.event.Times;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The time of what comes without one: now; but a request that is sent again under its
 * Idempotency-Key gets the time that it got first, so that it makes the same event. It forgets as
 * the {@link DuplicateWindow} does.
 */
@Singleton
public final class FirstTimes {
  private final Clock clock;
  private final Cache<String, Long> times;

  FirstTimes(Clock clock, ApiConfig config) {
    this.clock = clock;
    this.times = Caffeine.newBuilder().maximumSize(config.ingest().duplicateWindow()).build();
  }

  /**
   * µs since the epoch.
   *
   * @param tenant whose request it is: nobody gets another's time; null: of the operator
   */
  public long of(@Nullable String tenant, @Nullable String idempotencyKey) {
    long now = Times.micros(clock.instant());
    return idempotencyKey == null ? now : times.get(tenant + '\0' + idempotencyKey, key -> now);
  }
}
