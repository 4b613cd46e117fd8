package dev.waymark.api.http;

import dev.waymark.api.accounts.Credentials;
import dev.waymark.api.security.Caller;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Who asks: the header {@code Authorization: Bearer} with an API key or an access token, or the
 * parameter {@code ticket}. What is remembered is answered on the spot, the rest by a thread that
 * may wait.
 */
@Singleton
final class CallerFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  static final String TICKET = "ticket";

  private static final String SCHEME = "bearer ";

  private final Credentials credentials;
  private final Scheduler threads;

  CallerFetcher(Credentials credentials, @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.credentials = credentials;
    this.threads = Schedulers.fromExecutorService(threads);
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    if (DeclaredAccess.isPublic(request)) {
      return Mono.empty();
    }
    String bearer = bearer(request);
    String address = address(request);
    if (bearer == null) {
      String ticket = request.getParameters().get(TICKET);
      return ticket == null
          ? Mono.empty()
          : later(request, () -> credentials.redeem(ticket, address));
    }
    Optional<Caller> remembered = credentials.remembered(bearer);
    return remembered.isPresent()
        ? Mono.just(authentication(request, remembered.get()))
        : later(request, () -> credentials.find(bearer, address));
  }

  private Mono<Authentication> later(HttpRequest<?> request, Supplier<Optional<Caller>> lookUp) {
    return Mono.fromCallable(lookUp::get)
        .subscribeOn(threads)
        .flatMap(Mono::justOrEmpty)
        .map(caller -> authentication(request, caller));
  }

  private static Authentication authentication(HttpRequest<?> request, Caller caller) {
    CurrentCaller.set(request, caller);
    return new CallerAuthentication(caller);
  }

  private static @Nullable String bearer(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        ? header.substring(SCHEME.length()).strip()
        : null;
  }

  /** That of the other end of the connection; a proxy's headers could be anybody's. */
  static String address(HttpRequest<?> request) {
    return request.getRemoteAddress().getAddress() == null
        ? "unknown"
        : request.getRemoteAddress().getAddress().getHostAddress();
  }
}
