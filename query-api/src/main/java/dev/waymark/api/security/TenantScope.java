package dev.waymark.api.security;

import java.util.List;
import java.util.Optional;

/**
 * What a read may see. Every call of a store takes one, and the store turns it into the names its
 * statements are confined to; nothing else tells tenants apart. A request's is made by {@link
 * Caller#scope}.
 *
 * @param tenant the one tenant; empty: all
 * @param agents whose rows it is confined to, besides; empty: all
 */
public record TenantScope(Optional<String> tenant, Optional<List<String>> agents) {
  private static final TenantScope ALL = new TenantScope(Optional.empty(), Optional.empty());

  /** Whoever may see everything. */
  public static TenantScope all() {
    return ALL;
  }

  /** One tenant alone. */
  public static TenantScope of(String tenant) {
    return new TenantScope(Optional.of(tenant), Optional.empty());
  }

  /** The same, and of these agents alone. */
  TenantScope of(List<String> only) {
    return new TenantScope(tenant, Optional.of(List.copyOf(only)));
  }
}
