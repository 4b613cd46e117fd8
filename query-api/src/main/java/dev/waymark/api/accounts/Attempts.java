package dev.waymark.api.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.api.config.ApiConfig;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Failed attempts to sign in, by address and by account. Whoever has had too many is turned away
 * before anything is looked up or hashed; credentials that are known here are not asked.
 */
@Singleton
final class Attempts {
  private static final int REMEMBERED = 50_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /**
   * A key or token cannot be guessed: bad ones are only kept from costing many queries. A client
   * secret counts for so many of them.
   */
  private static final int KEYS_A_SECRET = 50;

  private final int most;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(WINDOW).build();

  Attempts(ApiConfig config) {
    this.most = config.security().attemptsAMinute();
  }

  /** Throws {@link TooManyAttemptsException} where too many failed lately. */
  void require(String whose) {
    Bucket bucket = buckets.getIfPresent(whose);
    if (bucket == null) {
      return;
    }
    EstimationProbe probe = bucket.estimateAbilityToConsume(KEYS_A_SECRET);
    if (!probe.canBeConsumed()) {
      throw new TooManyAttemptsException(
          "too many attempts to sign in failed",
          1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
    }
  }

  /** A key, token or ticket was not good. */
  void failedKey(String address) {
    count(address, 1);
  }

  /** A secret was not good: of an address, or for an account. */
  void failedSecret(String whose) {
    count(whose, KEYS_A_SECRET);
  }

  private void count(String whose, int weight) {
    Bucket bucket = buckets.get(whose, key -> bucket());
    bucket.consumeIgnoringRateLimits(weight);
  }

  private Bucket bucket() {
    long capacity = (long) most * KEYS_A_SECRET;
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, WINDOW))
        .build();
  }
}
