package dev.waymark.api.security;

/** A tenant was named that is not the credential's; says nothing of whether it exists. */
public final class ForeignTenantException extends RuntimeException {
  ForeignTenantException() {
    super("tenant: must be that of the credential");
  }
}
