package dev.waymark.api.http;

import dev.waymark.api.pipeline.PipelineView;
import dev.waymark.api.security.Access;
import dev.waymark.api.security.Role;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** How the pipeline fares. */
@Tag(name = "Pipeline")
public interface PipelineOperations {
  /**
   * The jobs: state, restarts, checkpoint, lag, watermark and books; how often the engine's limits
   * were reached. Answers also where Flink or Kafka do not. Counts are of all tenants, so the
   * operator alone sees them.
   */
  @Access({Role.ADMIN, Role.COMPLIANCE_OFFICER, Role.POLICY_AUTHOR, Role.ANALYST})
  @Get("/api/v1/pipeline")
  @Operation(summary = "The jobs: state, restarts, checkpoint, lag, watermark and books")
  PipelineView pipeline();
}
