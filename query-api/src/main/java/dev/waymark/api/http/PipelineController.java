package dev.waymark.api.http;

import dev.waymark.api.pipeline.Pipeline;
import dev.waymark.api.pipeline.PipelineView;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Binds {@link PipelineOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class PipelineController implements PipelineOperations {
  private final Pipeline pipeline;

  PipelineController(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public PipelineView pipeline() {
    PipelineView view = pipeline.view();
    return CurrentCaller.get().isOperator() ? view : view.withoutCounts();
  }
}
