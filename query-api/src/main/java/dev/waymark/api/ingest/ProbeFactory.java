package dev.waymark.api.ingest;

import dev.waymark.api.store.Database;
import dev.waymark.api.store.StoreUnavailableException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * What the process needs to be of use: database and Kafka. Flink is not among them: reads do
 * without it.
 */
@Factory
final class ProbeFactory {
  private final ExecutorService threads;
  private final ControlPlane controlPlane;

  ProbeFactory(@Named(TaskExecutors.BLOCKING) ExecutorService threads, ControlPlane controlPlane) {
    this.threads = threads;
    this.controlPlane = controlPlane;
  }

  @Singleton
  @Readiness
  @Named("database")
  Probe database(Database database) {
    return new Probe(
        "database", () -> controlPlane.databaseProblem().or(() -> problem(database)), threads);
  }

  @Singleton
  @Readiness
  @Named("kafka")
  Probe kafka(KafkaBroker kafka) {
    return new Probe("kafka", () -> controlPlane.topicsProblem().or(() -> problem(kafka)), threads);
  }

  @Singleton
  @Readiness
  @Named("heartbeats")
  Probe heartbeats() {
    return new Probe("heartbeats", controlPlane::timeProblem, threads);
  }

  private static Optional<String> problem(Database database) {
    try {
      database.requireReady();
      return Optional.empty();
    } catch (StoreUnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> problem(KafkaBroker kafka) {
    try {
      kafka.ask(admin -> admin.describeCluster().clusterId());
      return Optional.empty();
    } catch (KafkaUnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
