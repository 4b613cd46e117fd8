package dev.waymark.api.http;

import dev.waymark.api.security.Access;
import dev.waymark.api.security.Role;
import dev.waymark.api.store.ConformanceView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RuleView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Rules and how they are kept. */
@Tag(name = "Rules")
public interface RuleOperations {
  /**
   * Rule versions by rule, the newest first. The answer has an ETag and may be kept; 304 while it
   * holds.
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR, Role.ANALYST})
  @Get("/api/v1/rules")
  @Operation(summary = "Rule versions, as the validation job has them")
  HttpResponse<PageView<RuleView>> rules(
      @RequestBean RulesQuery query, @Header("If-None-Match") @Nullable String ifNoneMatch);

  /**
   * Whether a rule set, YAML or JSON, could be brought into force; changes nothing.
   *
   * @param ruleSet UTF-8, as RULES.md has it; 413 where it is larger than is taken
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR})
  @Post("/api/v1/rules/validate")
  @Consumes(MediaType.ALL)
  @Operation(summary = "Whether a rule set could be brought into force, with every problem")
  @RequestBody(
      description = "A rule set, YAML or JSON.",
      content = @Content(mediaType = "application/yaml", schema = @Schema(type = "string")))
  RuleSetView validate(@Body byte[] ruleSet);

  /** How much each rule version judged and how it went, by rule, the newest version first. */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR, Role.ANALYST})
  @Get("/api/v1/conformance")
  @Operation(summary = "How much each rule version judged, and how it went")
  PageView<ConformanceView> conformance(@RequestBean ConformanceQuery query);
}
