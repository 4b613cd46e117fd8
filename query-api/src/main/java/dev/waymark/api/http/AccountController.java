package dev.waymark.api.http;

import dev.waymark.api.accounts.Accounts;
import dev.waymark.api.security.Caller;
import dev.waymark.api.security.Role;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.AccountStore;
import dev.waymark.api.store.AccountView;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.TenantView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Binds {@link AccountOperations} to accounts. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountController implements AccountOperations {
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Set<String> KINDS = Set.of("user", "application", "agent");

  private final Accounts accounts;
  private final AccountStore store;

  AccountController(Accounts accounts, AccountStore store) {
    this.accounts = accounts;
    this.store = store;
  }

  @Override
  public PageView<TenantView> tenants(AccountsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    PageRequest page = parameters.page(Cursor.Kind.TENANTS, query.limit(), query.cursor());
    parameters.check();
    return store.tenants(scope, page);
  }

  @Override
  public HttpResponse<?> addTenant(byte @Nullable [] body) {
    BodyFields fields = BodyFields.of(body);
    String tenant = fields.requiredText("tenant");
    String name = fields.text("name");
    if (!TENANT.matcher(tenant).matches()) {
      fields.refuse("tenant", "must be 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
    fields.check();
    if (!store.addTenant(CurrentCaller.get().scope(null), tenant, name == null ? tenant : name)) {
      throw ProblemException.conflict("there is a tenant of this id");
    }
    return HttpResponse.created(Map.of("tenant", tenant));
  }

  @Override
  public TenantView disableTenant(String tenant) {
    known("tenant_id", tenant);
    return accounts
        .disableTenant(CurrentCaller.get().scope(null), tenant)
        .orElseThrow(() -> ProblemException.notFound("tenant", tenant));
  }

  @Override
  public PageView<AccountView> accounts(AccountsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    PageRequest page = parameters.page(Cursor.Kind.ACCOUNTS, query.limit(), query.cursor());
    parameters.check();
    return store.accounts(scope, page);
  }

  @Override
  public HttpResponse<AccountMadeView> add(byte @Nullable [] body) {
    Caller caller = CurrentCaller.get();
    BodyFields fields = BodyFields.of(body);
    String tenant = fields.text("tenant");
    String kind = fields.requiredText("kind");
    String name = fields.requiredText("name");
    Optional<Role> role = Role.of(fields.requiredText("role"));
    List<String> agents = fields.texts("agents");
    boolean withSecret = fields.flag("client_secret");
    String oidcSubject = fields.text("oidc_subject");
    if (!KINDS.contains(kind)) {
      fields.refuse("kind", "must be one of agent, application, user");
    }
    if (role.isEmpty()) {
      fields.refuse("role", "must be one of " + roles());
    }
    if (oidcSubject != null && !caller.isOperator()) {
      fields.refuse("oidc_subject", "is set by the operator alone");
    }
    fields.check();
    String of = tenant == null ? caller.tenant() : tenant;
    if (!caller.mayUse(of)) {
      throw ProblemException.badBody("tenant", "must be that of the credential");
    }
    CurrentCaller.tellsOf(of);
    return accounts
        .add(
            caller.scope(null), of, kind, name, role.orElseThrow(), agents, withSecret, oidcSubject)
        .map(made -> HttpResponse.created(new AccountMadeView(made.account(), made.secret())))
        .orElseThrow(
            () ->
                ProblemException.conflict(
                    "the tenant is not known, or has an account of this name or subject"));
  }

  @Override
  public AccountView account(String accountId) {
    known("account_id", accountId);
    return store
        .find(CurrentCaller.get().scope(null), accountId)
        .orElseThrow(() -> ProblemException.notFound("account", accountId));
  }

  @Override
  public AccountMadeView renewSecret(String accountId) {
    known("account_id", accountId);
    return accounts
        .renewSecret(CurrentCaller.get().scope(null), accountId)
        .map(made -> new AccountMadeView(made.account(), made.secret()))
        .orElseThrow(() -> ProblemException.notFound("account", accountId));
  }

  @Override
  public AccountView disable(String accountId) {
    known("account_id", accountId);
    AccountView disabled =
        accounts
            .disable(CurrentCaller.get().scope(null), accountId)
            .orElseThrow(() -> ProblemException.notFound("account", accountId));
    CurrentCaller.tellsOf(disabled.tenant());
    return disabled;
  }

  static String roles() {
    return String.join(", ", List.of(Role.values()).stream().map(Role::code).toList());
  }

  /** Throws where it could be no id at all. */
  static void known(String parameter, String id) {
    Parameters parameters = new Parameters();
    parameters.text(parameter, id);
    parameters.check();
  }
}
