package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;

/** Leads to the description of the API. */
@Controller
@Hidden
final class DocsController {
  private static final URI DOCS = URI.create("/docs/index.html");

  @Access(kind = AccessKind.PUBLIC)
  @Get("/docs")
  HttpResponse<?> docs() {
    return HttpResponse.seeOther(DOCS);
  }
}
