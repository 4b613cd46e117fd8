package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Caller;
import dev.waymark.api.security.Role;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets in whom a route's {@link Access} names, and nobody where it has none. It decides every
 * request, so no other rule is ever asked.
 */
@Singleton
final class DeclaredAccess implements SecurityRule<HttpRequest<?>> {
  /** What the framework brings along: health is for all, figures are the operator's. */
  private static final String HEALTH = "/health";

  private static final String FIGURES = "/prometheus";

  private static final List<String> API =
      List.of("/api/", "/v1/", "/ingest/", "/auth/", "/ws/", "/dashboard/");

  @Override
  public Publisher<SecurityRuleResult> check(
      @Nullable HttpRequest<?> request, @Nullable Authentication authentication) {
    boolean isAllowed =
        request != null
            && (isPublic(request)
                || (authentication instanceof CallerAuthentication known
                    && mayPass(known.caller(), request)));
    return Mono.just(isAllowed ? SecurityRuleResult.ALLOWED : SecurityRuleResult.REJECTED);
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  /** Whether nobody has to say who they are. */
  static boolean isPublic(HttpRequest<?> request) {
    Optional<RouteInfo<?>> route = RouteAttributes.getRouteInfo(request);
    if (route.isEmpty()) {
      return isFile(request);
    }
    String path = request.getPath();
    return path.equals(HEALTH)
        || path.startsWith(HEALTH + "/")
        || access(route.get()).filter(each -> kind(each).isOpen()).isPresent();
  }

  private static boolean mayPass(Caller caller, HttpRequest<?> request) {
    Optional<RouteInfo<?>> route = RouteAttributes.getRouteInfo(request);
    if (route.isEmpty()) {
      return true;
    }
    return request.getPath().equals(FIGURES)
        ? caller.isOperator() && caller.role() == Role.ADMIN
        : access(route.get()).filter(each -> may(caller, each)).isPresent();
  }

  static Optional<AnnotationValue<Access>> access(RouteInfo<?> route) {
    return route.getAnnotationMetadata().findAnnotation(Access.class);
  }

  private static boolean may(Caller caller, AnnotationValue<Access> access) {
    boolean mayRole = List.of(access.enumValues("value", Role.class)).contains(caller.role());
    boolean isOperators = access.booleanValue("operatorOnly").orElse(false);
    return mayRole && (!isOperators || caller.isOperator());
  }

  static AccessKind kind(AnnotationValue<Access> access) {
    return access.enumValue("kind", AccessKind.class).orElse(AccessKind.READ);
  }

  /** No route has that address, so it is a file that anybody may have, or nothing. */
  private static boolean isFile(HttpRequest<?> request) {
    boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
    return reads && API.stream().noneMatch(request.getPath()::startsWith);
  }
}
