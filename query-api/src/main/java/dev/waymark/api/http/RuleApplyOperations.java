package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.AccessKind;
import dev.waymark.api.security.Role;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Changes of the live rules. */
@Tag(name = "Rules")
public interface RuleApplyOperations {
  /**
   * Brings a rule set into force; rules that it does not name stay as they are, and one that is in
   * force already gets no new version. Returns once Kafka has it. Throws what is answered as a
   * problem: 400, 413, 422 with every problem of the rules, 503.
   *
   * @param ruleSet UTF-8, as for validation; a rule's {@code mode} makes it shadow or disabled
   * @param effectiveAt from when on it holds
   */
  @Access(
      value = {Role.ADMIN, Role.POLICY_AUTHOR},
      kind = AccessKind.CHANGE,
      operatorOnly = true)
  @Post("/api/v1/rules")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Bring a rule set into force, without a restart")
  @RequestBody(
      description = "A rule set, YAML or JSON.",
      content = @Content(mediaType = "application/yaml", schema = @Schema(type = "string")))
  RulesAppliedView apply(
      @Body byte[] ruleSet,
      @QueryValue("effective_at")
          @Nullable
          @Parameter(
              description =
                  "From when on it holds; without it from now, in log time from the beginning.",
              schema = @Schema(format = "date-time"))
          String effectiveAt);
}
