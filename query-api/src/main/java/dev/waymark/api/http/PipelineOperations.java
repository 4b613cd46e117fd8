package dev.waymark.api.http;

import dev.waymark.api.pipeline.PipelineView;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** How the pipeline fares. */
@Tag(name = "Pipeline")
public interface PipelineOperations {
  /**
   * The jobs: state, restarts, checkpoint, lag, watermark and books; how often the engine's limits
   * were reached. Answers also where Flink or Kafka do not.
   */
  @Get("/api/v1/pipeline")
  @Operation(summary = "The jobs: state, restarts, checkpoint, lag, watermark and books")
  PipelineView pipeline();
}
