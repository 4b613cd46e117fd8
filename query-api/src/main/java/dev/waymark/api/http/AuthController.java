package dev.waymark.api.http;

import dev.waymark.api.accounts.SignIns;
import dev.waymark.api.accounts.SignIns.Signed;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds {@link AuthOperations} to sessions. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuthController implements AuthOperations {
  private static final String REFRESH_TOKEN = "refresh_token";

  private final SignIns signIns;

  AuthController(SignIns signIns) {
    this.signIns = signIns;
  }

  @Override
  public HttpResponse<TokenView> token(byte @Nullable [] body, HttpRequest<?> request) {
    SignInForm form = SignInForm.of(request, body);
    String address = CallerFetcher.address(request);
    Optional<String> refresh = form.get(REFRESH_TOKEN);
    Optional<Signed> signed =
        refresh.isPresent()
            ? signIns.refresh(refresh.get(), address)
            : signIns.withSecret(
                required(form, "client_id"), required(form, "client_secret"), address);
    return answer(signed.orElseThrow(() -> ProblemException.unauthorized("not signed in")));
  }

  /** As RFC 6749 wants it: kept by nobody on the way. */
  static HttpResponse<TokenView> answer(Signed signed) {
    return HttpResponse.ok(
            new TokenView(
                signed.accessToken(), "Bearer", signed.expiresInSeconds(), signed.refreshToken()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static String required(SignInForm form, String name) {
    return form.get(name).orElseThrow(() -> ProblemException.badBody(name, "required"));
  }

  @Override
  public HttpResponse<?> revoke(byte @Nullable [] body, HttpRequest<?> request) {
    signIns.revoke(required(SignInForm.of(request, body), "token"));
    return HttpResponse.ok();
  }

  @Override
  public TicketView ticket() {
    return new TicketView(signIns.ticket(CurrentCaller.get()), SignIns.TICKET_SECONDS);
  }

  @Override
  public CallerView me() {
    return CallerView.of(CurrentCaller.get());
  }
}
