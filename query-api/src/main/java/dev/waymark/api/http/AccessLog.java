package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.store.AccessLogStore;
import dev.waymark.api.store.AccessLogStore.Asked;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.StoreUnavailableException;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes every read of trails before it is answered, and every change before it is made. What cannot
 * be noted does not happen: 503.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class AccessLog implements Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final String ENTRY = "waymark.access.entry";
  private static final int MAX_TARGET_LENGTH = 2_048;
  private static final int FIRST_ERROR = 400;
  private static final Pattern TICKET = Pattern.compile("([?&]" + CallerFetcher.TICKET + "=)[^&]*");

  private final AccessLogStore store;
  private final ExecutorService threads;

  AccessLog(AccessLogStore store, @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.store = store;
    this.threads = threads;
  }

  @Override
  public int getOrder() {
    return FilterOrder.ACCESS_LOG;
  }

  /** Fails with {@link NotNotedException}. */
  @RequestFilter
  CompletableFuture<HttpRequest<?>> begin(HttpRequest<?> request) {
    if (kind(request) != AccessKind.CHANGE) {
      return CompletableFuture.completedFuture(request);
    }
    return later(
        () -> {
          request.setAttribute(ENTRY, note(request, null, null));
          return request;
        });
  }

  /** Fails with {@link NotNotedException}, so that what was read is not shown. */
  @ResponseFilter
  CompletableFuture<MutableHttpResponse<?>> end(
      HttpRequest<?> request, MutableHttpResponse<?> response) {
    Optional<Long> begun = request.getAttribute(ENTRY, Long.class);
    boolean isRead = kind(request) == AccessKind.TRAIL && response.code() < FIRST_ERROR;
    if (begun.isEmpty() && !isRead) {
      return CompletableFuture.completedFuture(response);
    }
    return later(
        () -> {
          if (begun.isPresent()) {
            endChange(request, response, begun.get());
          } else {
            long unused = note(request, response.code(), rows(request, response));
          }
          return response;
        });
  }

  /** By a thread that may wait; most requests need none. */
  private <T> CompletableFuture<T> later(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** The change is made; that its end could not be noted is seen in its entry. */
  private void endChange(HttpRequest<?> request, HttpResponse<?> response, long entry) {
    try {
      store.end(entry, CurrentCaller.subject(request), response.code());
    } catch (StoreUnavailableException | IllegalStateException e) {
      LOG.atWarn().addKeyValue("entry", entry).log("the end of a change was not noted");
    }
  }

  /** Whatever is wrong, nothing goes on unnoted; throws {@link NotNotedException}. */
  private long note(HttpRequest<?> request, @Nullable Integer status, @Nullable Long rows) {
    try {
      return store.add(asked(request), CurrentCaller.subject(request), status, rows);
    } catch (StoreUnavailableException | IllegalStateException e) {
      LOG.atWarn().setCause(e).log("an access could not be noted, and was refused");
      throw new NotNotedException(e);
    }
  }

  /** Those of a list; one for a single thing; what a stream was announced to have. */
  private static long rows(HttpRequest<?> request, HttpResponse<?> response) {
    Object body = response.body();
    if (body instanceof PageView<?> page) {
      return page.items().size();
    }
    if (body instanceof AuditEventsView events) {
      return events.events().size();
    }
    if (body instanceof Collection<?> items) {
      return items.size();
    }
    return CurrentCaller.rows(request).orElse(1L);
  }

  private static AccessKind kind(HttpRequest<?> request) {
    Optional<AnnotationValue<Access>> access =
        CurrentCaller.isKnown(request)
            ? RouteAttributes.getRouteInfo(request).flatMap(DeclaredAccess::access)
            : Optional.empty();
    return access.map(DeclaredAccess::kind).orElse(AccessKind.PUBLIC);
  }

  private static Asked asked(HttpRequest<?> request) {
    String target = TICKET.matcher(request.getUri().toString()).replaceAll("$1…");
    return new Asked(
        CurrentCaller.of(request),
        CallerFetcher.address(request),
        kind(request).name().toLowerCase(Locale.ROOT),
        request.getMethodName(),
        BasicHttpAttributes.getUriTemplate(request).orElse(""),
        target.substring(0, Math.min(target.length(), MAX_TARGET_LENGTH)).replace('\0', ' '));
  }
}
