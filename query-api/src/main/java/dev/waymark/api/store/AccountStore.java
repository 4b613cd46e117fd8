package dev.waymark.api.store;

import dev.waymark.api.security.Caller;
import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tenants and their accounts. */
@Singleton
public final class AccountStore {
  private final Database database;

  AccountStore(Database database) {
    this.database = database;
  }

  /** What is known of an account that signs in. */
  public record SignIn(String accountId, @Nullable String secretHash) {}

  /** A new account. */
  public record NewAccount(
      String accountId,
      String tenant,
      String kind,
      String name,
      String role,
      List<String> agents,
      @Nullable String secretHash,
      @Nullable String oidcSubject) {}

  /** By name. */
  public PageView<TenantView> tenants(TenantScope scope, PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT * FROM tenants WHERE true")
            .addIf(scope.tenant().orElse(null), "AND tenant = ?");
    page.after().ifPresent(after -> sql.add("AND tenant > ?", after.key(0)));
    sql.add("ORDER BY tenant LIMIT ?", page.fetch());
    return database.read(
        session ->
            session.page(
                sql,
                page,
                AccountStore::tenant,
                one -> Cursor.of(Cursor.Kind.TENANTS, one.tenant())));
  }

  /** Adds a tenant; false where there is one of that id. */
  public boolean addTenant(TenantScope scope, String tenant, String name) {
    requireAll(scope);
    return database.write(
            session ->
                session.update(
                    new Sql()
                        .add("INSERT INTO tenants (tenant, name) VALUES (?, ?)", tenant, name)
                        .add("ON CONFLICT DO NOTHING")))
        == 1;
  }

  /** Its credentials are good for nothing from now on; empty where it is not known. */
  public Optional<TenantView> disableTenant(TenantScope scope, String tenant) {
    requireAll(scope);
    return database
        .write(
            session ->
                session.list(
                    new Sql()
                        .add("UPDATE tenants SET disabled_at = coalesce(disabled_at, now())")
                        .add("WHERE tenant = ? AND tenant <> ?", tenant, Caller.OPERATOR)
                        .add("RETURNING *"),
                    AccountStore::tenant))
        .stream()
        .findFirst();
  }

  /** The latest first. */
  public PageView<AccountView> accounts(TenantScope scope, PageRequest page) {
    Sql sql =
        new Sql()
            .add("SELECT * FROM accounts WHERE true")
            .addIf(scope.tenant().orElse(null), "AND tenant = ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    "AND created_at <= ? AND (created_at < ? OR account_id > ?)",
                    after.key(0),
                    after.key(0),
                    after.key(1)));
    sql.add("ORDER BY created_at DESC, account_id LIMIT ?", page.fetch());
    return database.read(
        session ->
            session.page(
                sql,
                page,
                AccountStore::account,
                one -> Cursor.of(Cursor.Kind.ACCOUNTS, one.createdAt(), one.accountId())));
  }

  public Optional<AccountView> find(TenantScope scope, String accountId) {
    return database
        .read(
            session ->
                session.list(
                    new Sql()
                        .add("SELECT * FROM accounts WHERE account_id = ?", accountId)
                        .addIf(scope.tenant().orElse(null), "AND tenant = ?"),
                    AccountStore::account))
        .stream()
        .findFirst();
  }

  /** Adds one; empty where the tenant is not known or has an account of that name. */
  public Optional<AccountView> add(TenantScope scope, NewAccount account) {
    requireWithin(scope, account.tenant());
    return database.write(session -> session.list(insert(account), AccountStore::account)).stream()
        .findFirst();
  }

  private static Sql insert(NewAccount account) {
    return new Sql()
        .add("INSERT INTO accounts")
        .add("(account_id, tenant, kind, name, role, agents, secret_hash, oidc_subject)")
        .add(
            "SELECT ?, tenant, ?, ?, ?, ?, ?, ? FROM tenants WHERE tenant = ?",
            account.accountId(),
            account.kind(),
            account.name(),
            account.role(),
            account.agents(),
            account.secretHash(),
            account.oidcSubject(),
            account.tenant())
        .add("ON CONFLICT DO NOTHING RETURNING *");
  }

  /** Another secret; the one before is good no more. */
  public boolean setSecret(TenantScope scope, String accountId, String secretHash) {
    return database.write(
            session ->
                session.update(
                    new Sql()
                        .add("UPDATE accounts SET secret_hash = ?", secretHash)
                        .add("WHERE account_id = ? AND disabled_at IS NULL", accountId)
                        .addIf(scope.tenant().orElse(null), "AND tenant = ?")))
        == 1;
  }

  /** It is good for nothing from now on. */
  public Optional<AccountView> disable(TenantScope scope, String accountId) {
    return database
        .write(
            session ->
                session.list(
                    new Sql()
                        .add("UPDATE accounts SET disabled_at = coalesce(disabled_at, now())")
                        .add("WHERE account_id = ?", accountId)
                        .addIf(scope.tenant().orElse(null), "AND tenant = ?")
                        .add("RETURNING *"),
                    AccountStore::account))
        .stream()
        .findFirst();
  }

  /** An account in use, to be asked for its secret. Of any tenant: nobody has signed in yet. */
  public Optional<SignIn> signIn(TenantScope scope, String accountId) {
    requireAll(scope);
    return inUse(new Sql().add(IN_USE).add("AND account_id = ?", accountId));
  }

  /** The account in use that somebody else vouches for. */
  public Optional<SignIn> signInElsewhere(TenantScope scope, String oidcSubject) {
    requireAll(scope);
    return inUse(new Sql().add(IN_USE).add("AND oidc_subject = ?", oidcSubject));
  }

  private static final String IN_USE =
      """
      SELECT account_id, secret_hash FROM accounts JOIN tenants USING (tenant)
      WHERE accounts.disabled_at IS NULL AND tenants.disabled_at IS NULL
      """;

  private Optional<SignIn> inUse(Sql sql) {
    return database
        .read(
            session ->
                session.list(
                    sql,
                    row -> new SignIn(row.text("account_id"), row.optionalText("secret_hash"))))
        .stream()
        .findFirst();
  }

  /**
   * The operator's first admin with a key, where there is no account at all; returns whether it was
   * made.
   */
  public boolean addFirst(TenantScope scope, NewAccount admin, String keyId, byte[] keyHash) {
    requireAll(scope);
    return database.write(
        session -> {
          // Two processes at once would both find no account.
          session.list(
              new Sql().add("SELECT pg_advisory_xact_lock(?) IS NULL AS locked", FIRST_ACCOUNT),
              row -> row.flag("locked"));
          boolean isFirst =
              session.single(
                  new Sql().add("SELECT NOT EXISTS (SELECT FROM accounts) AS none"),
                  row -> row.flag("none"));
          if (isFirst) {
            session.update(
                new Sql()
                    .add(
                        "INSERT INTO tenants (tenant, name) VALUES (?, 'operator')", admin.tenant())
                    .add("ON CONFLICT DO NOTHING"));
            session.list(insert(admin), AccountStore::account);
            session.update(
                new Sql()
                    .add("INSERT INTO api_keys (key_id, account_id, role, key_hash)")
                    .add("VALUES (?, ?, ?, ?)", keyId, admin.accountId(), admin.role(), keyHash));
          }
          return isFirst;
        });
  }

  private static final long FIRST_ACCOUNT = 0x7761796d61726cL;

  static void requireWithin(TenantScope scope, String tenant) {
    if (scope.tenant().isPresent() && !scope.tenant().get().equals(tenant)) {
      throw new IllegalStateException("a scope of one tenant does not write to another");
    }
  }

  private static void requireAll(TenantScope scope) {
    if (scope.tenant().isPresent()) {
      throw new IllegalStateException("a scope of one tenant does not reach all");
    }
  }

  private static TenantView tenant(Row row) throws SQLException {
    return new TenantView(
        row.text("tenant"),
        row.text("name"),
        row.instant("created_at"),
        row.optionalInstant("disabled_at"));
  }

  private static AccountView account(Row row) throws SQLException {
    return new AccountView(
        row.text("account_id"),
        row.text("tenant"),
        row.text("kind"),
        row.text("name"),
        row.text("role"),
        row.texts("agents"),
        row.optionalText("secret_hash") != null,
        row.optionalText("oidc_subject"),
        row.instant("created_at"),
        row.optionalInstant("disabled_at"));
  }
}
