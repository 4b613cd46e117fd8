package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.KeyView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.SigningKeyView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** API keys, and keys that events are signed with. Every method throws a problem. */
@Tag(name = "Keys")
public interface KeyOperations {
  /** API keys, the latest first, without the keys. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER})
  @Get("/api/v1/keys")
  @Operation(summary = "API keys, the latest first, with their last use")
  PageView<KeyView> keys(@RequestBean KeysQuery query);

  /**
   * Adds a key to an account. The key is in this answer and nowhere else.
   *
   * @param body {@code {account_id, role?, agent_id?, expires_at?}}
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Post("/api/v1/keys")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Add an API key")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = KeyMadeView.class)))
  HttpResponse<KeyMadeView> add(@Body byte @Nullable [] body);

  /**
   * A key that takes over from another, which is good for a while yet.
   *
   * @param keyId the one before
   * @param overlapSeconds how long that is; a day where nothing is said
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Post("/api/v1/keys/{key_id}/rotate")
  @Consumes(MediaType.ALL)
  @Operation(summary = "A new API key in place of another, which is good for a while yet")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = KeyMadeView.class)))
  HttpResponse<KeyMadeView> rotate(
      @PathVariable("key_id") String keyId,
      @QueryValue("overlap_seconds")
          @Nullable
          @Parameter(
              schema =
                  @Schema(
                      type = "integer",
                      minimum = "0",
                      maximum = "7776000",
                      defaultValue = "86400"))
          String overlapSeconds);

  /**
   * Makes a key good for nothing.
   *
   * @param keyId its id
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Delete("/api/v1/keys/{key_id}")
  @Operation(summary = "Revoke an API key")
  KeyView revoke(@PathVariable("key_id") String keyId);

  /** Keys that events are signed with, without the keys. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER})
  @Get("/api/v1/signing-keys")
  @Operation(summary = "Keys that organisations' agents sign events with")
  PageView<SigningKeyView> signingKeys(@RequestBean AccountsQuery query);

  /**
   * Adds a signing key. The key is in this answer and nowhere else.
   *
   * @param body {@code {tenant?, overlap_seconds?}}: how long the others still sign; without it
   *     they go on
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Post("/api/v1/signing-keys")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Add a signing key, or put it in place of the others")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = SigningKeyMadeView.class)))
  HttpResponse<SigningKeyMadeView> addSigningKey(@Body byte @Nullable [] body);

  /**
   * Makes a signing key good for nothing.
   *
   * @param keyId its id
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE)
  @Delete("/api/v1/signing-keys/{key_id}")
  @Operation(summary = "Revoke a signing key")
  SigningKeyView revokeSigningKey(@PathVariable("key_id") String keyId);
}
