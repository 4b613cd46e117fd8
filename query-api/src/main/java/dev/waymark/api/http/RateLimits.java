package dev.waymark.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.SecurityConfig;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often a credential may use routes of a kind, in each process; public routes by address, but
 * the files of pages, of which a page has dozens. Tells it as the IETF's draft of RateLimit header
 * fields does.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class RateLimits implements Ordered {
  private static final String PROBE = "waymark.rate.probe";
  private static final int WINDOW_SECONDS = 60;
  private static final int REMEMBERED = 50_000;

  private final SecurityConfig.Limits limits;
  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterAccess(Duration.ofSeconds(2 * WINDOW_SECONDS))
          .build();

  private record Key(String whose, String policy) {}

  /** What became of a request's claim. */
  private record Claim(String policy, int quota, ConsumptionProbe probe) {
    long seconds(long nanos) {
      return TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
    }
  }

  RateLimits(ApiConfig config) {
    this.limits = config.security().limits();
  }

  /** After it is known who asks, before anything is done. */
  @Override
  public int getOrder() {
    return FilterOrder.RATE_LIMITS;
  }

  @RequestFilter
  @Nullable HttpResponse<?> claim(HttpRequest<?> request) {
    Optional<AnnotationValue<Access>> access =
        RouteAttributes.getRouteInfo(request).flatMap(DeclaredAccess::access);
    if (access.isEmpty()) {
      return null;
    }
    AccessKind kind = DeclaredAccess.kind(access.get());
    if (kind == AccessKind.FILE) {
      return null;
    }
    Claim claim = claim(request, kind);
    request.setAttribute(PROBE, claim);
    return claim.probe().isConsumed()
        ? null
        : Problems.respond(
                request,
                HttpStatus.TOO_MANY_REQUESTS,
                "as many requests were made as may be: " + claim.quota() + " a minute",
                List.of())
            .header(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(claim.seconds(claim.probe().getNanosToWaitForRefill())));
  }

  private Claim claim(HttpRequest<?> request, AccessKind kind) {
    String policy = kind.name().toLowerCase(Locale.ROOT);
    int quota = quota(kind);
    String whose =
        CurrentCaller.isKnown(request)
            ? CurrentCaller.of(request).credentialId()
            : CallerFetcher.address(request);
    Bucket bucket = buckets.get(new Key(whose, policy), key -> bucket(quota));
    return new Claim(policy, quota, bucket.tryConsumeAndReturnRemaining(1));
  }

  private int quota(AccessKind kind) {
    return switch (kind) {
      case INGEST -> limits.ingestAMinute();
      case CHANGE -> limits.changesAMinute();
      case PUBLIC, FILE -> limits.publicAMinute();
      case READ, TRAIL -> limits.readsAMinute();
    };
  }

  private static Bucket bucket(int quota) {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(quota).refillGreedy(quota, Duration.ofSeconds(WINDOW_SECONDS)))
        .build();
  }

  @ResponseFilter
  void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request
        .getAttribute(PROBE, Claim.class)
        .ifPresent(
            claim -> {
              String name = '"' + claim.policy() + '"';
              response.header(
                  "RateLimit-Policy", name + ";q=" + claim.quota() + ";w=" + WINDOW_SECONDS);
              response.header(
                  "RateLimit",
                  name
                      + ";r="
                      + claim.probe().getRemainingTokens()
                      + ";t="
                      + claim.seconds(claim.probe().getNanosToWaitForReset()));
            });
  }
}
