package dev.waymark.api.trailjob;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.BacktestStore;
import dev.waymark.api.store.BacktestView;
import dev.waymark.api.store.BacktestViolationView;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.TrailJobRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draft rules that are tried on the stored trail. */
@Singleton
public final class Backtests {
  private final ApiConfig.TrailJobs config;
  private final BacktestStore store;
  private final TrailJobs jobs;

  Backtests(ApiConfig config, BacktestStore store, TrailJobs jobs) {
    this.config = config.trailJobs();
    this.store = store;
    this.jobs = jobs;
  }

  /** Begins one; throws as the jobs do. */
  public BacktestView begin(TrailJobRequest request) {
    String id = jobs.begin(request, config.maxBacktests(), config.backtestsKept());
    return store.find(TenantScope.all(), id).orElseThrow();
  }

  /** One, as it is now. */
  public Optional<BacktestView> find(TenantScope scope, String id) {
    Optional<BacktestView> found = store.find(scope, id);
    if (found.isPresent() && found.get().isActive()) {
      jobs.settle();
      return store.find(scope, id);
    }
    return found;
  }

  /** The latest first. */
  public PageView<BacktestView> list(TenantScope scope, PageRequest page) {
    jobs.settle();
    return store.list(scope, page);
  }

  /**
   * What one has listed, the earliest first; empty where it is not known.
   *
   * @param rule only of this rule; null: of all
   * @param foundBy draft, live or both; null: all
   */
  public Optional<PageView<BacktestViolationView>> violations(
      TenantScope scope,
      String id,
      @Nullable String rule,
      @Nullable String foundBy,
      PageRequest page) {
    return store.find(scope, id).map(known -> store.violations(scope, id, rule, foundBy, page));
  }

  /** Cancels one that waits or runs; one that is over stays as it is. */
  public Optional<BacktestView> cancel(TenantScope scope, String id) {
    Optional<BacktestView> found = find(scope, id);
    if (found.isPresent() && found.get().isActive()) {
      jobs.cancel(id);
      return store.find(scope, id);
    }
    return found;
  }
}
