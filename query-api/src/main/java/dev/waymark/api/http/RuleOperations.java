package dev.waymark.api.http;

import dev.waymark.api.store.ConformanceView;
import dev.waymark.api.store.PageView;
import dev.waymark.api.store.RuleView;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Rules and how they are kept. */
@Tag(name = "Rules")
public interface RuleOperations {
  /** Rule versions by rule, the newest first. */
  @Get("/api/v1/rules")
  @Operation(summary = "Rule versions, as the validation job has them")
  PageView<RuleView> rules(@RequestBean RulesQuery query);

  /** How much each rule version judged and how it went, by rule, the newest version first. */
  @Get("/api/v1/conformance")
  @Operation(summary = "How much each rule version judged, and how it went")
  PageView<ConformanceView> conformance(@RequestBean ConformanceQuery query);
}
