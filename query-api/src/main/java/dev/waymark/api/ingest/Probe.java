package dev.waymark.api.ingest;

import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/**
 * Asks another server whether it would work now; one that would not makes this process not ready,
 * and is named.
 */
final class Probe implements HealthIndicator {
  private final String name;
  private final Supplier<Optional<String>> problem;
  private final ExecutorService threads;

  /** The supplier may block; it gives what is wrong, or nothing. */
  Probe(String name, Supplier<Optional<String>> problem, ExecutorService threads) {
    this.name = name;
    this.problem = problem;
    this.threads = threads;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return new AsyncSingleResultPublisher<>(threads, this::ask);
  }

  private HealthResult ask() {
    Optional<String> found = problem.get();
    return HealthResult.builder(name, found.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN)
        .details(found.map(text -> Map.of("problem", text)).orElse(Map.of()))
        .build();
  }
}
