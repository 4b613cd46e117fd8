package dev.waymark.api.http;

import dev.waymark.api.accounts.NoMasterKeyException;
import dev.waymark.api.accounts.OidcException;
import dev.waymark.api.accounts.TooManyAttemptsException;
import dev.waymark.api.security.ForeignTenantException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;

/** What those are answered who may not do what they ask. Says nothing of what is there. */
@Factory
final class AuthorizationProblems {
  private static final String RETRY_AFTER_SECONDS = "2";

  @Singleton
  @Replaces(DefaultAuthorizationExceptionHandler.class)
  ExceptionHandler<AuthorizationException, HttpResponse<?>> ofAccess() {
    return (request, e) ->
        e.isForbidden()
            ? Problems.respond(
                request,
                HttpStatus.FORBIDDEN,
                "the credential's role may not use this route",
                List.of())
            : unauthorized(request, "a valid credential is needed: Authorization: Bearer …");
  }

  @Singleton
  ExceptionHandler<ForeignTenantException, HttpResponse<?>> ofTenants() {
    return (request, e) ->
        Problems.respond(
            request,
            HttpStatus.FORBIDDEN,
            String.valueOf(e.getMessage()),
            List.of(ProblemView.ParameterProblem.of("tenant", "must be that of the credential")));
  }

  @Singleton
  ExceptionHandler<TooManyAttemptsException, HttpResponse<?>> ofAttempts() {
    return (request, e) ->
        Problems.respond(
                request, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(e.getMessage()), List.of())
            .header(HttpHeaders.RETRY_AFTER, String.valueOf(e.retryAfterSeconds()));
  }

  @Singleton
  ExceptionHandler<OidcException, HttpResponse<?>> ofTheProvider() {
    return (request, e) ->
        Problems.respond(
            request,
            e.isAway() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.UNAUTHORIZED,
            String.valueOf(e.getMessage()),
            List.of());
  }

  @Singleton
  ExceptionHandler<NotNotedException, HttpResponse<?>> ofTheAccessLog() {
    return (request, e) ->
        Problems.respond(
                request, HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), List.of())
            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }

  @Singleton
  ExceptionHandler<NoMasterKeyException, HttpResponse<?>> ofTheVault() {
    return (request, e) ->
        Problems.respond(
            request, HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), List.of());
  }

  static HttpResponse<?> unauthorized(HttpRequest<?> request, String detail) {
    return Problems.respond(request, HttpStatus.UNAUTHORIZED, detail, List.of())
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }
}
