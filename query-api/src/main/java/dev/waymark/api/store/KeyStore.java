package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys, as hashes. */
@Singleton
public final class KeyStore {
  private static final String VIEW =
      "SELECT k.*, a.tenant FROM api_keys k JOIN accounts a USING (account_id) WHERE true";

  private final Database database;

  KeyStore(Database database) {
    this.database = database;
  }

  /** A new key. */
  public record NewKey(
      String keyId,
      String accountId,
      String role,
      @Nullable String agentId,
      byte[] keyHash,
      @Nullable Instant expiresAt) {}

  /** The latest first. */
  public PageView<KeyView> list(TenantScope scope, @Nullable String accountId, PageRequest page) {
    Sql sql =
        new Sql()
            .add(VIEW)
            .addIf(scope.tenant().orElse(null), "AND a.tenant = ?")
            .addIf(accountId, "AND k.account_id = ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND k.created_at <= ? AND (k.created_at < ? OR k.key_id > ?)",
                    after.key(0),
                    after.key(0),
                    after.key(1)));
    sql.add("ORDER BY k.created_at DESC, k.key_id LIMIT ?", page.fetch());
    return database.read(
        session ->
            session.page(
                sql,
                page,
                KeyStore::key,
                one -> Cursor.of(Cursor.Kind.KEYS, one.createdAt(), one.keyId())));
  }

  public Optional<KeyView> find(TenantScope scope, String keyId) {
    return database.read(session -> found(session, scope, keyId));
  }

  /** Adds a key to an account in use; empty where there is none. */
  public Optional<KeyView> add(TenantScope scope, NewKey key) {
    return database.write(
        session ->
            insert(session, scope, key) ? found(session, scope, key.keyId()) : Optional.empty());
  }

  /**
   * Adds a key that takes over from another, which ends at that time; empty where the other is not
   * known or good no more.
   */
  public Optional<KeyView> replace(
      TenantScope scope, String keyId, NewKey successor, Instant endsAt) {
    return database.write(
        session -> {
          Sql end =
              new Sql()
                  .add("UPDATE api_keys k SET replaced_by = ?,", successor.keyId())
                  .add("expires_at = least(k.expires_at, ?::timestamptz) FROM accounts a", endsAt)
                  .add("WHERE a.account_id = k.account_id AND k.key_id = ?", keyId)
                  .add(
                      "AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())")
                  .add("AND k.replaced_by IS NULL")
                  .addIf(scope.tenant().orElse(null), "AND a.tenant = ?");
          return session.update(end) == 1 && insert(session, scope, successor)
              ? found(session, scope, successor.keyId())
              : Optional.empty();
        });
  }

  /** It is good for nothing from now on; empty where it is not known. */
  public Optional<KeyView> revoke(TenantScope scope, String keyId) {
    return database.write(
        session -> {
          session.update(
              new Sql()
                  .add("UPDATE api_keys k SET revoked_at = coalesce(k.revoked_at, now())")
                  .add("FROM accounts a WHERE a.account_id = k.account_id AND k.key_id = ?", keyId)
                  .addIf(scope.tenant().orElse(null), "AND a.tenant = ?"));
          return found(session, scope, keyId);
        });
  }

  private static boolean insert(Session session, TenantScope scope, NewKey key)
      throws SQLException {
    Sql sql =
        new Sql()
            .add("INSERT INTO api_keys (key_id, account_id, role, agent_id, key_hash, expires_at)")
            .add(
                "SELECT ?, account_id, ?, ?, ?, ?::timestamptz FROM accounts",
                key.keyId(),
                key.role(),
                key.agentId(),
                key.keyHash(),
                key.expiresAt())
            .add("WHERE account_id = ? AND disabled_at IS NULL", key.accountId())
            .addIf(scope.tenant().orElse(null), "AND tenant = ?");
    return session.update(sql) == 1;
  }

  private static Optional<KeyView> found(Session session, TenantScope scope, String keyId)
      throws SQLException {
    List<KeyView> keys =
        session.list(
            new Sql()
                .add(VIEW)
                .add("AND k.key_id = ?", keyId)
                .addIf(scope.tenant().orElse(null), "AND a.tenant = ?"),
            KeyStore::key);
    return keys.stream().findFirst();
  }

  private static KeyView key(Row row) throws SQLException {
    return new KeyView(
        row.text("key_id"),
        row.text("account_id"),
        row.text("tenant"),
        row.text("role"),
        row.optionalText("agent_id"),
        row.instant("created_at"),
        row.optionalInstant("expires_at"),
        row.optionalInstant("revoked_at"),
        row.optionalInstant("last_used_at"),
        row.optionalText("replaced_by"));
  }
}
