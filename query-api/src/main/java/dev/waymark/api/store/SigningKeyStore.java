package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing keys of organisations, encrypted. */
@Singleton
public final class SigningKeyStore {
  private final Database database;

  SigningKeyStore(Database database) {
    this.database = database;
  }

  /** One that is not revoked, with its encrypted secret. */
  public record Stored(String keyId, byte[] secret, @Nullable Instant notAfter) {}

  /** By tenant and id. */
  public PageView<SigningKeyView> list(TenantScope scope, PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT * FROM signing_keys WHERE true")
            .addIf(scope.tenant().orElse(null), "AND tenant = ?");
    page.after()
        .ifPresent(after -> sql.add("AND (tenant, key_id) > (?, ?)", after.key(0), after.key(1)));
    sql.add("ORDER BY tenant, key_id LIMIT ?", page.fetch());
    return database.read(
        session ->
            session.page(
                sql,
                page,
                SigningKeyStore::key,
                one -> Cursor.of(Cursor.Kind.SIGNING_KEYS, one.tenant(), one.keyId())));
  }

  /** Those of the scope's tenant that are not revoked. */
  public List<Stored> inForce(TenantScope scope) {
    return database.read(
        session ->
            session.list(
                new Sql()
                    .add("SELECT key_id, secret, not_after FROM signing_keys")
                    .add("WHERE tenant = ? AND revoked_at IS NULL", scope.tenant().orElseThrow())
                    .add("ORDER BY created_at DESC"),
                row ->
                    new Stored(
                        row.text("key_id"),
                        row.bytes("secret"),
                        row.optionalInstant("not_after"))));
  }

  /**
   * Adds one; those that have no end get one. Empty where the tenant is not known.
   *
   * @param othersEndAt null: they go on
   */
  public Optional<SigningKeyView> add(
      TenantScope scope,
      String tenant,
      String keyId,
      byte[] secret,
      @Nullable Instant othersEndAt) {
    AccountStore.requireWithin(scope, tenant);
    return database
        .write(
            session -> {
              if (othersEndAt != null) {
                session.update(
                    new Sql()
                        .add("UPDATE signing_keys SET not_after = ?", othersEndAt)
                        .add(
                            "WHERE tenant = ? AND (not_after IS NULL OR not_after > ?)",
                            tenant,
                            othersEndAt));
              }
              return session.list(
                  new Sql()
                      .add("INSERT INTO signing_keys (tenant, key_id, secret)")
                      .add(
                          "SELECT tenant, ?, ? FROM tenants WHERE tenant = ?",
                          keyId,
                          secret,
                          tenant)
                      .add("RETURNING *"),
                  SigningKeyStore::key);
            })
        .stream()
        .findFirst();
  }

  /** No signature of it holds any more; empty where it is not known. */
  public Optional<SigningKeyView> revoke(TenantScope scope, String keyId) {
    return database
        .write(
            session ->
                session.list(
                    new Sql()
                        .add("UPDATE signing_keys SET revoked_at = coalesce(revoked_at, now())")
                        .add("WHERE key_id = ?", keyId)
                        .addIf(scope.tenant().orElse(null), "AND tenant = ?")
                        .add("RETURNING *"),
                    SigningKeyStore::key))
        .stream()
        .findFirst();
  }

  private static SigningKeyView key(Row row) throws SQLException {
    return new SigningKeyView(
        row.text("tenant"),
        row.text("key_id"),
        row.instant("created_at"),
        row.optionalInstant("not_after"),
        row.optionalInstant("revoked_at"));
  }
}
