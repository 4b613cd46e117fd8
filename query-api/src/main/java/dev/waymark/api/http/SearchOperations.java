package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.SearchHitView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What agents wrote. */
@Tag(name = "Search")
public interface SearchOperations {
  /**
   * Events whose payload has all the words, those of the latest run first. A run can be searched a
   * few seconds after it ended, a running one from time to time. A page may hold fewer than {@code
   * limit} hits, or none, and still have a {@code next_cursor}.
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/search")
  @Operation(summary = "Events whose payload has all the words, with the place highlighted")
  PageView<SearchHitView> search(@RequestBean SearchQuery query);
}
