package dev.waymark.checks.tenant;

import java.util.Optional;

/** Keys that a whole tenant signs with, beside those of its agents in the file of tenants. */
@FunctionalInterface
public interface OrganisationKeys {
  /** For where there are no accounts. */
  OrganisationKeys NONE = (tenant, keyId) -> Optional.empty();

  /** The tenant's key of that id; empty where there is none, or no more. */
  Optional<SigningKey> find(String tenant, String keyId);
}
