package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.AccessEntryView;
import dev.waymark.api.store.PageView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Who looked at trails and who changed what. */
@Tag(name = "Access log")
public interface AccessLogOperations {
  /** Reads of trails and changes, the latest first; throws what is answered as a problem. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER})
  @Get("/api/v1/access-log")
  @Operation(summary = "Who read trails and who changed what, the latest first")
  PageView<AccessEntryView> entries(@RequestBean AccessLogQuery query);
}
