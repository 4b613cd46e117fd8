package dev.waymark.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.doors.ToonEvents.Owner;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.RunStore;
import dev.waymark.api.store.RunView;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose a run is, for events that do not say: by what was begun here lately, else by the trail. A
 * run id that several tenants have belongs to none of them.
 */
@Singleton
final class RunOwners {
  private final Cache<Key, Owner> recent;
  private final RunStore runs;

  /** A tenant that is null stands for whoever has the run. */
  private record Key(@Nullable String tenant, String runId) {}

  RunOwners(RunStore runs, ApiConfig config) {
    this.runs = runs;
    this.recent = Caffeine.newBuilder().maximumSize(config.ingest().duplicateWindow()).build();
  }

  /** The run has been acknowledged. */
  void remember(String runId, Owner owner) {
    recent.put(new Key(owner.tenant(), runId), owner);
  }

  /** Throws what the store throws where the run is not a recent one. */
  Optional<Owner> find(@Nullable String tenant, String runId) {
    if (runId.indexOf('\0') >= 0) {
      // No run is called so, and the store takes no such text.
      return Optional.empty();
    }
    Key key = new Key(tenant, runId);
    Owner known = recent.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    List<RunView> found =
        runs.find(tenant == null ? TenantScope.all() : TenantScope.of(tenant), runId);
    if (found.size() != 1) {
      return Optional.empty();
    }
    Owner owner = new Owner(found.get(0).tenant(), found.get(0).agentId());
    recent.put(key, owner);
    return Optional.of(owner);
  }
}
