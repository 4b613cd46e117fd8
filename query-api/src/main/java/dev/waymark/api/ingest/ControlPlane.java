package dev.waymark.api.ingest;

import dev.waymark.api.accounts.Accounts;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.TimeMode;
import dev.waymark.api.store.Database;
import dev.waymark.schemas.db.Migrations;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Sets up what the pipeline stands on, once the server listens: migrates the database, creates the
 * topics, then keeps time moving. Each step is tried again every second until it is done; the
 * server answers meanwhile.
 */
@Singleton
public final class ControlPlane implements ApplicationEventListener<ServerStartupEvent> {
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final ApiConfig config;
  private final Database database;
  private final TopicProvisioning topics;
  private final FirstRules firstRules;
  private final HeartbeatWriter heartbeats;
  // One thread a duty: none waits for another's server.
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "control-plane");
            thread.setDaemon(true);
            return thread;
          });
  private final Step migration;
  private final Step provisioning;
  private final Step firstAccount;

  ControlPlane(
      ApiConfig config,
      Database database,
      TopicProvisioning topics,
      FirstRules firstRules,
      HeartbeatWriter heartbeats,
      Accounts accounts) {
    this.config = config;
    this.database = database;
    this.topics = topics;
    this.firstRules = firstRules;
    this.heartbeats = heartbeats;
    this.migration = new Step("migrate the database", this::migrate, threads);
    this.provisioning = new Step("create the topics", this::provision, threads);
    this.firstAccount = new Step("make the first account", accounts::makeFirst, threads);
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    migration.start();
    provisioning.start();
  }

  /** What still keeps the database from being used; empty when it is set up. */
  public Optional<String> databaseProblem() {
    return migration.problem().or(firstAccount::problem);
  }

  /** What still keeps the topics from being used; empty when they are set up. */
  public Optional<String> topicsProblem() {
    return provisioning.problem();
  }

  /** Why time does not move, in live mode; empty while it does, and in log mode. */
  public Optional<String> timeProblem() {
    return config.time() == TimeMode.LIVE ? heartbeats.problem() : Optional.empty();
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  private void migrate() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.database().url());
    source.setUser(config.database().user());
    source.setPassword(config.database().password());
    source.setConnectTimeout(ApiConfig.PATIENCE_MS / 1_000);
    Migrations.migrate(source);
    database.declareMigrated();
    firstAccount.start();
  }

  private void provision() {
    topics.provision();
    firstRules.publish();
    if (config.time() == TimeMode.LIVE) {
      Future<?> unused =
          threads.scheduleAtFixedRate(heartbeats::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
