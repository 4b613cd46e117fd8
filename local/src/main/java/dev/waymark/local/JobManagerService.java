package dev.waymark.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Flink's JobManager as a session cluster. It keeps no jobs over its own death: {@link JobsService}
 * brings them back.
 */
final class JobManagerService extends ProcessService {
  static final String NAME = "jobmanager";

  private final FlinkPrograms programs;
  private final FlinkRest rest;
  private final StackSecrets secrets;

  JobManagerService(
      FlinkPrograms programs,
      FlinkRest rest,
      StackSecrets secrets,
      DataDir data,
      Duration startTimeout) {
    super(NAME, data, startTimeout);
    this.programs = programs;
    this.rest = rest;
    this.secrets = secrets;
  }

  @Override
  public Set<String> needs() {
    return Set.of();
  }

  @Override
  Command command() throws StartFailedException, IOException, InterruptedException {
    // The jobs' programs run in it, and read their settings from its environment.
    return programs
        .command(FlinkPrograms.Role.JOBMANAGER, NAME, Map.of())
        .with(secrets.forDoorsAndJobs());
  }

  @Override
  boolean isReady(ChildProcess process) throws InterruptedException {
    return rest.isUp();
  }

  @Override
  String whenReady() {
    return rest.url();
  }
}
