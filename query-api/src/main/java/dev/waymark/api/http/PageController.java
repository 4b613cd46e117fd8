package dev.waymark.api.http;

import dev.waymark.api.dashboard.Asset;
import dev.waymark.api.dashboard.Dashboard;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.Hidden;

/** The dashboard: a page that is asked for anew each time, and parts that browsers keep. */
@Controller
@Hidden
final class PageController {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final Dashboard dashboard;

  PageController(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  @Access(kind = AccessKind.FILE)
  @Get("/")
  HttpResponse<?> page(HttpRequest<?> request) {
    return answer(request, dashboard.page(), ASK_AGAIN);
  }

  @Access(kind = AccessKind.FILE)
  @Get("/assets/{version}/{+path}")
  HttpResponse<?> part(
      HttpRequest<?> request, @PathVariable String version, @PathVariable String path) {
    return dashboard
        .part(version, path)
        .<HttpResponse<?>>map(
            asset -> answer(request, asset, dashboard.isImmutable() ? FOR_EVER : ASK_AGAIN))
        .orElseThrow(() -> ProblemException.notFound("part of the dashboard", path));
  }

  private HttpResponse<?> answer(HttpRequest<?> request, Asset asset, String caching) {
    String etag = "\"" + dashboard.version() + "\"";
    boolean isKnown = etag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH));
    return (isKnown ? HttpResponse.notModified() : filled(request, asset))
        .header(HttpHeaders.ETAG, etag)
        .header(HttpHeaders.CACHE_CONTROL, caching)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
  }

  private static MutableHttpResponse<?> filled(HttpRequest<?> request, Asset asset) {
    String accepted = request.getHeaders().get(HttpHeaders.ACCEPT_ENCODING);
    if (accepted == null || !accepted.contains("gzip")) {
      return HttpResponse.ok(asset.body()).header(HttpHeaders.CONTENT_TYPE, asset.type());
    }
    return HttpResponse.ok(asset.packed())
        .header(HttpHeaders.CONTENT_TYPE, asset.type())
        .header(HttpHeaders.CONTENT_ENCODING, "gzip");
  }
}
