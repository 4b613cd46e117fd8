package dev.waymark.checks.tenant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All tenants. Immutable; a changed file is a new object. */
public final class Tenants {
  private final Map<String, Tenant> byId;

  Tenants(List<Tenant> tenants) {
    this.byId = tenants.stream().collect(Collectors.toMap(Tenant::id, Function.identity()));
  }

  /** The tenant's entry, else that of all others; empty: it may not send events. */
  public Optional<Tenant> find(String id) {
    Tenant own = byId.get(id);
    return Optional.ofNullable(own != null ? own : byId.get(Tenant.ANY));
  }

  /** Every entry, in no order. */
  public List<Tenant> all() {
    return List.copyOf(byId.values());
  }
}
