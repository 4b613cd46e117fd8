package dev.waymark.api.accounts;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.security.Caller;
import dev.waymark.api.security.Role;
import dev.waymark.api.security.Secrets;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.AccountStore;
import dev.waymark.api.store.AccountStore.NewAccount;
import dev.waymark.api.store.AccountView;
import dev.waymark.api.store.TenantView;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an admin does with tenants and accounts. A change holds at once in this process. */
@Singleton
public final class Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final String SECRET_PREFIX = "wms_";
  private static final String FIRST = "admin";

  private final AccountStore store;
  private final Credentials credentials;
  private final @Nullable String adminKey;

  Accounts(ApiConfig config, AccountStore store, Credentials credentials) {
    this.store = store;
    this.credentials = credentials;
    this.adminKey = config.security().adminKey();
  }

  /** An account that was made, and its client secret, which is shown this once; null: none. */
  public record Made(AccountView account, @Nullable String secret) {}

  /**
   * Makes the operator's admin with the key of the configuration, where there is no account at all.
   */
  public void makeFirst() {
    if (adminKey == null) {
      return;
    }
    NewAccount admin =
        new NewAccount(
            UUID.randomUUID().toString(),
            Caller.OPERATOR,
            "user",
            FIRST,
            Role.ADMIN.code(),
            List.of(),
            null,
            null);
    if (store.addFirst(TenantScope.all(), admin, Keys.newId(), Secrets.hash(adminKey))) {
      LOG.atInfo().addKeyValue("account", admin.accountId()).log("first account made");
    }
  }

  /** Empty where the tenant is not known, or has an account of that name. */
  public Optional<Made> add(
      TenantScope scope,
      String tenant,
      String kind,
      String name,
      Role role,
      List<String> agents,
      boolean withSecret,
      @Nullable String oidcSubject) {
    String secret = withSecret ? Secrets.create(SECRET_PREFIX) : null;
    NewAccount account =
        new NewAccount(
            UUID.randomUUID().toString(),
            tenant,
            kind,
            name,
            role.code(),
            agents,
            secret == null ? null : SignIns.hash(secret),
            oidcSubject);
    return store.add(scope, account).map(made -> new Made(made, secret));
  }

  /** A new client secret, shown this once; empty where the account is not known or in use. */
  public Optional<Made> renewSecret(TenantScope scope, String accountId) {
    String secret = Secrets.create(SECRET_PREFIX);
    return store.setSecret(scope, accountId, SignIns.hash(secret))
        ? store.find(scope, accountId).map(account -> new Made(account, secret))
        : Optional.empty();
  }

  public Optional<AccountView> disable(TenantScope scope, String accountId) {
    Optional<AccountView> disabled = store.disable(scope, accountId);
    credentials.forgetAll();
    return disabled;
  }

  public Optional<TenantView> disableTenant(TenantScope scope, String tenant) {
    Optional<TenantView> disabled = store.disableTenant(scope, tenant);
    credentials.forgetAll();
    return disabled;
  }
}
