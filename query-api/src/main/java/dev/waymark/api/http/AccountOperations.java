package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.AccountView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.TenantView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tenants and their accounts. Every method throws what is answered as a problem. */
@Tag(name = "Accounts")
public interface AccountOperations {
  /** Tenants by id: all to the operator, its own to a tenant. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER})
  @Get("/api/v1/tenants")
  @Operation(summary = "Tenants")
  PageView<TenantView> tenants(@RequestBean AccountsQuery query);

  /**
   * Adds a tenant; 409 where there is one of that id.
   *
   * @param body {@code {tenant, name}}
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE, operatorOnly = true)
  @Post("/api/v1/tenants")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Add a tenant")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "201")
  HttpResponse<?> addTenant(@Body byte @Nullable [] body);

  /**
   * Makes a tenant's credentials good for nothing. Its data stays.
   *
   * @param tenant its id
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE, operatorOnly = true)
  @Delete("/api/v1/tenants/{tenant_id}")
  @Operation(summary = "Disable a tenant")
  TenantView disableTenant(@PathVariable("tenant_id") String tenant);

  /** Accounts, the latest first. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER})
  @Get("/api/v1/accounts")
  @Operation(summary = "Accounts, the latest first")
  PageView<AccountView> accounts(@RequestBean AccountsQuery query);

  /**
   * Adds an account. A client secret is in this answer and nowhere else; 409 where the tenant is
   * not known or has an account of that name.
   *
   * @param body {@code {kind, name, role, tenant?, agents?, client_secret?: true, oidc_subject?}}
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Post("/api/v1/accounts")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Add a user, an application or an agent")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AccountMadeView.class)))
  HttpResponse<AccountMadeView> add(@Body byte @Nullable [] body);

  /**
   * One account.
   *
   * @param accountId its id
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER})
  @Get("/api/v1/accounts/{account_id}")
  @Operation(summary = "One account")
  AccountView account(@PathVariable("account_id") String accountId);

  /**
   * A new client secret; the one before is good no more.
   *
   * @param accountId whose
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Post("/api/v1/accounts/{account_id}/secret")
  @Consumes(MediaType.ALL)
  @Operation(summary = "A new client secret of an account")
  AccountMadeView renewSecret(@PathVariable("account_id") String accountId);

  /**
   * Makes an account with all its keys and sessions good for nothing.
   *
   * @param accountId its id
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Delete("/api/v1/accounts/{account_id}")
  @Operation(summary = "Disable an account")
  AccountView disable(@PathVariable("account_id") String accountId);
}
