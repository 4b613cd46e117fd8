package dev.waymark.api.security;

import java.util.Optional;

/**
 * The tenants a read may see. Every call of a store takes one, and the store turns it into the
 * names its statements are confined to; nothing else tells tenants apart. Until there are accounts
 * it comes from the {@code tenant} parameter and is all tenants by default.
 *
 * @param tenant the one tenant; empty: all
 */
public record TenantScope(Optional<String> tenant) {
  private static final TenantScope ALL = new TenantScope(Optional.empty());

  /** Whoever may see everything. */
  public static TenantScope all() {
    return ALL;
  }

  /** One tenant alone. */
  public static TenantScope of(String tenant) {
    return new TenantScope(Optional.of(tenant));
  }
}
