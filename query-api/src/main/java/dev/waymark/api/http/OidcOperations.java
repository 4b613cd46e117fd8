package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with an OpenID provider. Both throw what is answered as a problem: 401, 404 where none
 * is configured, 503.
 */
@Tag(name = "Signing in")
public interface OidcOperations {
  /** Sends a browser to the provider. */
  @Access(kind = AccessKind.PUBLIC)
  @Get("/auth/oidc/login")
  @Operation(summary = "Sign in with the OpenID provider")
  @ApiResponse(responseCode = "303")
  HttpResponse<?> login();

  /**
   * Where the provider sends it back to.
   *
   * @param code what the provider vouches with
   * @param state of the login that was begun
   */
  @Access(kind = AccessKind.PUBLIC)
  @Get("/auth/oidc/callback")
  @Operation(summary = "Where the OpenID provider sends people back to; answers as the token door")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TokenView.class)))
  HttpResponse<TokenView> callback(
      @QueryValue @Nullable String code,
      @QueryValue @Nullable String state,
      @Parameter(hidden = true) HttpRequest<?> request);
}
