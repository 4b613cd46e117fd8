package dev.waymark.api.http;

import dev.waymark.api.accounts.OidcLogins;
import dev.waymark.api.accounts.OidcLogins.Login;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Binds {@link OidcOperations} to the provider. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class OidcController implements OidcOperations {
  /** Ties the answer to the browser that asked: nobody is signed in as somebody else. */
  private static final String STATE = "waymark_oidc_state";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final OidcLogins logins;

  OidcController(OidcLogins logins) {
    this.logins = logins;
  }

  @Override
  public HttpResponse<?> login() {
    Login login =
        logins
            .begin()
            .orElseThrow(() -> ProblemException.notFound("OpenID provider", "WAYMARK_OIDC_ISSUER"));
    return HttpResponse.seeOther(login.address())
        .cookie(
            Cookie.of(STATE, login.state())
                .httpOnly(true)
                .sameSite(SameSite.Lax)
                .path("/auth/oidc/callback")
                .maxAge(PATIENCE))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  @Override
  public HttpResponse<TokenView> callback(
      @Nullable String code, @Nullable String state, HttpRequest<?> request) {
    boolean isTheirs =
        request
            .getCookies()
            .findCookie(STATE)
            .filter(own -> own.getValue().equals(state))
            .isPresent();
    if (code == null || state == null || !isTheirs) {
      throw ProblemException.unauthorized("this login was not begun here");
    }
    return AuthController.answer(
        logins
            .end(state, code)
            .orElseThrow(() -> ProblemException.unauthorized("nobody here has that account")));
  }
}
