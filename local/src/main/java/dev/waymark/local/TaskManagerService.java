package dev.waymark.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Flink's TaskManager. When it dies, Flink restarts the jobs from their last checkpoint on the next
 * one.
 */
final class TaskManagerService extends ProcessService {
  static final String NAME = "taskmanager";

  private final FlinkPrograms programs;
  private final FlinkRest rest;
  private String resourceId = "";

  TaskManagerService(FlinkPrograms programs, FlinkRest rest, DataDir data, Duration startTimeout) {
    super(NAME, data, startTimeout);
    this.programs = programs;
    this.rest = rest;
  }

  @Override
  public Set<String> needs() {
    return Set.of();
  }

  /** It would come to terms with another JobManager only after time-outs. */
  @Override
  public Set<String> diesWith() {
    return Set.of(JobManagerService.NAME);
  }

  @Override
  Command command() throws StartFailedException, IOException, InterruptedException {
    // A name of its own tells it from one that has died and is still listed.
    resourceId = NAME + "-" + UUID.randomUUID();
    return programs.command(
        FlinkPrograms.Role.TASKMANAGER, NAME, Map.of("taskmanager.resource-id", resourceId));
  }

  @Override
  boolean isReady(ChildProcess process) throws InterruptedException {
    try {
      return rest.taskManagers().contains(resourceId);
    } catch (IOException e) {
      // The JobManager is not there yet.
      return false;
    }
  }

  @Override
  String whenReady() {
    return "";
  }
}
