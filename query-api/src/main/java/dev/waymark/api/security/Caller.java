package dev.waymark.api.security;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a credential stands for.
 *
 * @param tenant whose data it is confined to; {@value #OPERATOR}: the operator of the installation,
 *     who sees all tenants
 * @param accountId the account it belongs to
 * @param name the account's, for people
 * @param credentialId the key or session, which is no secret
 * @param agents it is confined to, as a reader and as a sender; null: any
 */
public record Caller(
    String tenant,
    Role role,
    String accountId,
    String name,
    String credentialId,
    @Nullable List<String> agents) {
  /** The tenant of those who run the installation. */
  public static final String OPERATOR = "*";

  public boolean isOperator() {
    return tenant.equals(OPERATOR);
  }

  /** Whether that tenant's data may be seen or written. */
  public boolean mayUse(String other) {
    return isOperator() || tenant.equals(other);
  }

  /**
   * What it may read: the one place where a credential becomes a scope. Throws {@link
   * ForeignTenantException}.
   *
   * @param named the tenant that was asked for; null: all it may see
   */
  public TenantScope scope(@Nullable String named) {
    TenantScope whole = tenantOf(named).map(TenantScope::of).orElse(TenantScope.all());
    return agents == null ? whole : whole.of(agents);
  }

  /** The one tenant, where it is one; throws {@link ForeignTenantException}. */
  public Optional<String> tenantOf(@Nullable String named) {
    if (named != null && !mayUse(named)) {
      throw new ForeignTenantException();
    }
    return isOperator() ? Optional.ofNullable(named) : Optional.of(tenant);
  }
}
