package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in. Every method throws what is answered as a problem: 400, 401, 429, 503. */
@Tag(name = "Signing in")
public interface AuthOperations {
  /**
   * A token for an hour, for a client secret or a refresh token. A refresh token is good once.
   *
   * @param body {@code {client_id, client_secret}} or {@code {refresh_token}}; the same as a form
   */
  @Access(kind = AccessKind.PUBLIC)
  @Post("/auth/token")
  @Consumes(MediaType.ALL)
  @Operation(summary = "An access token for a client secret or a refresh token")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/json", schema = @Schema(type = "object")),
        @Content(mediaType = "application/x-www-form-urlencoded", schema = @Schema(type = "object"))
      })
  HttpResponse<TokenView> token(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);

  /**
   * Ends the session of an access or a refresh token. Says nothing of whether there was one (RFC
   * 7009).
   *
   * @param body {@code {token}}; the same as a form
   */
  @Access(kind = AccessKind.PUBLIC)
  @Post("/auth/revoke")
  @Consumes(MediaType.ALL)
  @Operation(summary = "End the session of a token")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  HttpResponse<?> revoke(
      @Body byte @Nullable [] body, @Parameter(hidden = true) HttpRequest<?> request);

  /** A ticket for what cannot send headers: good once, for seconds, as {@code ?ticket=}. */
  @Access({
    Role.ADMIN,
    Role.COMPLIANCE_OFFICER,
    Role.POLICY_AUTHOR,
    Role.ANALYST,
    Role.VIEWER,
    Role.AGENT
  })
  @Post("/auth/ticket")
  @Consumes(MediaType.ALL)
  @Operation(summary = "A ticket for WebSocket and EventSource, good once")
  TicketView ticket();

  /** Whom the credential stands for. */
  @Access({
    Role.ADMIN,
    Role.COMPLIANCE_OFFICER,
    Role.POLICY_AUTHOR,
    Role.ANALYST,
    Role.VIEWER,
    Role.AGENT
  })
  @Get("/auth/me")
  @Operation(summary = "Whom the credential stands for")
  CallerView me();
}
