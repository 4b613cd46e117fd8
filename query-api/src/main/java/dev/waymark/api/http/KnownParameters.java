package dev.waymark.api.http;

import dev.waymark.api.http.ProblemView.ParameterProblem;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses query parameters that a route does not know, and those given twice: a filter that was
 * misspelt would otherwise show more than was asked for.
 */
@ServerFilter({"/api/**", "/dashboard/**"})
final class KnownParameters implements Ordered {
  /** By route; looked up at every request, and made of annotations, which takes its time. */
  private final Map<ExecutableMethod<?, ?>, SortedSet<String>> known = new ConcurrentHashMap<>();

  @Override
  public int getOrder() {
    return FilterOrder.PARAMETERS;
  }

  /** Throws {@link ProblemException} (400). */
  @RequestFilter
  void check(HttpRequest<?> request) {
    RouteAttributes.getRouteInfo(request)
        .filter(MethodBasedRouteInfo.class::isInstance)
        .map(route -> ((MethodBasedRouteInfo<?, ?>) route).getTargetMethod().getExecutableMethod())
        .map(method -> known.computeIfAbsent(method, KnownParameters::namesOf))
        .ifPresent(names -> check(request.getParameters(), names));
  }

  private static void check(HttpParameters parameters, SortedSet<String> known) {
    List<ParameterProblem> problems = new ArrayList<>();
    for (String name : new TreeSet<>(parameters.names())) {
      if (!known.contains(name) && !name.equals(CallerFetcher.TICKET)) {
        String choice =
            known.isEmpty() ? "this route takes none" : "known are " + String.join(", ", known);
        problems.add(ParameterProblem.of(name, "is not a parameter of this route; " + choice));
      } else if (parameters.getAll(name).size() > 1) {
        problems.add(
            ParameterProblem.of(
                name, "must be given once, was " + parameters.getAll(name).size() + " times"));
      }
    }
    if (!problems.isEmpty()) {
      throw ProblemException.badParameters(problems);
    }
  }

  private static SortedSet<String> namesOf(ExecutableMethod<?, ?> route) {
    SortedSet<String> names = new TreeSet<>();
    for (Argument<?> argument : route.getArguments()) {
      if (argument.isAnnotationPresent(RequestBean.class)) {
        for (Argument<?> part :
            BeanIntrospection.getIntrospection(argument.getType()).getConstructorArguments()) {
          names.add(nameOf(part));
        }
      } else if (argument.isAnnotationPresent(QueryValue.class)) {
        names.add(nameOf(argument));
      }
    }
    return names;
  }

  private static String nameOf(Argument<?> argument) {
    return argument
        .getAnnotationMetadata()
        .stringValue(QueryValue.class)
        .orElse(argument.getName());
  }
}
