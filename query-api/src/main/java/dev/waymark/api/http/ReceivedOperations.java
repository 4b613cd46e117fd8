package dev.waymark.api.http;

import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.ConflictView;
import dev.waymark.api.store.DeadLetterView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RefusedEventView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Records that did not become events of the trail. */
@Tag(name = "Refused records")
public interface ReceivedOperations {
  /** Records no job could take, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER},
      kind = AccessKind.TRAIL,
      operatorOnly = true)
  @Get("/api/v1/dead-letters")
  @Operation(summary = "Records no job could take, with their bytes")
  PageView<DeadLetterView> deadLetters(@RequestBean DeadLettersQuery query);

  /**
   * Publishes the bytes of a dead letter anew, through the same checks as any event. Throws what is
   * answered as a problem: 400, 404, 422 where it would only become a dead letter again, 503.
   */
  @Access(value = Role.ADMIN, kind = AccessKind.CHANGE, operatorOnly = true)
  @Post("/api/v1/dead-letters/redrive")
  @Operation(summary = "Publish a dead letter's bytes anew, once what refused them was put right")
  Receipt redrive(@RequestBean RedriveQuery query);

  /**
   * Records of an identity that was there already with other bytes, the latest first, both versions
   * shown.
   */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/conflicts")
  @Operation(summary = "Records of one identity with different bytes, both shown")
  PageView<ConflictView> conflicts(@RequestBean ConflictsQuery query);

  /** Events that the checks at the doors refused, the latest first. */
  @Access(
      value = {Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.ANALYST, Role.VIEWER},
      kind = AccessKind.TRAIL)
  @Get("/api/v1/refused-events")
  @Operation(summary = "Events that the checks at the doors refused")
  PageView<RefusedEventView> refusedEvents(@RequestBean RefusedEventsQuery query);
}
