package dev.waymark.api.http;

import dev.waymark.api.accounts.Keys;
import dev.waymark.api.accounts.SigningKeys;
import dev.waymark.api.security.Caller;
import dev.waymark.api.security.Role;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.AccountStore;
import dev.waymark.api.store.AccountView;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.KeyStore;
import dev.waymark.api.store.KeyView;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.SigningKeyStore;
import dev.waymark.api.store.SigningKeyView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Binds {@link KeyOperations} to keys. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeyController implements KeyOperations {
  private static final int DAY_SECONDS = 86_400;
  private static final int MAX_OVERLAP_SECONDS = 90 * DAY_SECONDS;

  private final Keys keys;
  private final KeyStore store;
  private final AccountStore accounts;
  private final SigningKeys signingKeys;
  private final SigningKeyStore signingStore;

  KeyController(
      Keys keys,
      KeyStore store,
      AccountStore accounts,
      SigningKeys signingKeys,
      SigningKeyStore signingStore) {
    this.keys = keys;
    this.store = store;
    this.accounts = accounts;
    this.signingKeys = signingKeys;
    this.signingStore = signingStore;
  }

  @Override
  public PageView<KeyView> keys(KeysQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    String account = parameters.name("account", query.account());
    PageRequest page = parameters.page(Cursor.Kind.KEYS, query.limit(), query.cursor());
    parameters.check();
    return store.list(scope, account, page);
  }

  @Override
  public HttpResponse<KeyMadeView> add(byte @Nullable [] body) {
    BodyFields fields = BodyFields.of(body);
    String accountId = fields.requiredText("account_id");
    String named = fields.text("role");
    String agentId = fields.text("agent_id");
    Instant expiresAt = fields.time("expires_at");
    fields.check();
    TenantScope scope = CurrentCaller.get().scope(null);
    AccountView account =
        accounts
            .find(scope, accountId)
            .orElseThrow(() -> ProblemException.notFound("account", accountId));
    CurrentCaller.tellsOf(account.tenant());
    return keys.add(scope, accountId, role(account, named), agentId, expiresAt)
        .map(made -> HttpResponse.created(new KeyMadeView(made.view(), made.key())))
        .orElseThrow(() -> ProblemException.notFound("account", accountId));
  }

  /** The account's role where none is named; a lesser one is an admin's to give. */
  private static Role role(AccountView account, @Nullable String named) {
    Role own = Role.of(account.role()).orElseThrow();
    Role asked = named == null ? own : Role.of(named).orElse(null);
    if (asked == null || !own.covers(asked)) {
      throw ProblemException.badBody(
          "role",
          "must be that of the account, or under an admin one of " + AccountController.roles());
    }
    return asked;
  }

  @Override
  public HttpResponse<KeyMadeView> rotate(String keyId, @Nullable String overlapSeconds) {
    Parameters parameters = new Parameters();
    parameters.text("key_id", keyId);
    Duration stillGood =
        Duration.ofSeconds(
            parameters.number(
                "overlap_seconds", overlapSeconds, DAY_SECONDS, 0, MAX_OVERLAP_SECONDS));
    parameters.check();
    TenantScope scope = CurrentCaller.get().scope(null);
    KeyView before =
        store.find(scope, keyId).orElseThrow(() -> ProblemException.notFound("key", keyId));
    CurrentCaller.tellsOf(before.tenant());
    return keys.rotate(scope, before, stillGood)
        .map(made -> HttpResponse.created(new KeyMadeView(made.view(), made.key())))
        .orElseThrow(
            () -> ProblemException.conflict("the key is revoked, over, or has a successor"));
  }

  @Override
  public KeyView revoke(String keyId) {
    AccountController.known("key_id", keyId);
    return keys.revoke(CurrentCaller.get().scope(null), keyId)
        .orElseThrow(() -> ProblemException.notFound("key", keyId));
  }

  @Override
  public PageView<SigningKeyView> signingKeys(AccountsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    PageRequest page = parameters.page(Cursor.Kind.SIGNING_KEYS, query.limit(), query.cursor());
    parameters.check();
    return signingStore.list(scope, page);
  }

  @Override
  public HttpResponse<SigningKeyMadeView> addSigningKey(byte @Nullable [] body) {
    Caller caller = CurrentCaller.get();
    BodyFields fields = BodyFields.of(body);
    String named = fields.text("tenant");
    Integer overlap = fields.number("overlap_seconds", 0, MAX_OVERLAP_SECONDS);
    if (named == null && caller.isOperator()) {
      fields.refuse("tenant", "required");
    }
    fields.check();
    String tenant = caller.tenantOf(named).orElseThrow();
    CurrentCaller.tellsOf(tenant);
    return signingKeys
        .add(caller.scope(tenant), tenant, overlap == null ? null : Duration.ofSeconds(overlap))
        .map(made -> HttpResponse.created(new SigningKeyMadeView(made.view(), made.secret())))
        .orElseThrow(() -> ProblemException.notFound("tenant", tenant));
  }

  @Override
  public SigningKeyView revokeSigningKey(String keyId) {
    AccountController.known("key_id", keyId);
    return signingStore
        .revoke(CurrentCaller.get().scope(null), keyId)
        .orElseThrow(() -> ProblemException.notFound("signing key", keyId));
  }
}
