package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The Flink jobs. They are submitted from where they last were, and stopped with a savepoint. State
 * that does not fit the program stops the start with an explanation; nothing of it is dropped
 * unless asked for.
 */
final class JobsService implements Service {
  static final String NAME = "jobs";

  private static final Duration POLL = Duration.ofMillis(200);

  /** What Flink's exceptions speak of when state and program do not fit. */
  private static final List<String> STATE_PROBLEMS =
      List.of(
          "StateMigrationException",
          "BackendBuildingException",
          "Cannot map checkpoint/savepoint state",
          "Failed to rollback to checkpoint/savepoint",
          "Could not restore",
          "InvalidClassException",
          "There is no operator for the state");

  private final List<FlinkJob> jobs;
  private final Path jar;
  private final Function<FlinkJob, List<String>> arguments;
  private final StackConfig config;
  private final FlinkRest rest;
  private final ResumePoints resumePoints;
  private final Map<FlinkJob, String> ids = new LinkedHashMap<>();
  private boolean first = true;

  /**
   * @param arguments for each job's main method
   */
  JobsService(
      List<FlinkJob> jobs,
      Path jar,
      Function<FlinkJob, List<String>> arguments,
      StackConfig config,
      FlinkRest rest) {
    this.jobs = List.copyOf(jobs);
    this.jar = jar;
    this.arguments = arguments;
    this.config = config;
    this.rest = rest;
    this.resumePoints = new ResumePoints(config.data());
  }

  /** What the programs of the job jar want to know. */
  static List<String> arguments(StackConfig config, FlinkJob job) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--kafka.bootstrap-servers",
                config.kafka().bootstrapServers(),
                "--db.url",
                config.database().url(),
                "--db.user",
                config.database().user(),
                "--db.password",
                config.database().password(),
                "--time",
                config.time()));
    if (job.pricesCalls()) {
      arguments.addAll(List.of("--prices.file", config.pricesFile().toString()));
    }
    if (job.checksEvents()) {
      config
          .checksFile()
          .ifPresent(file -> arguments.addAll(List.of("--checks.file", file.toString())));
    }
    return arguments;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> needs() {
    return Set.of(ApiService.NAME, JobManagerService.NAME, TaskManagerService.NAME);
  }

  @Override
  public Set<String> diesWith() {
    return Set.of(JobManagerService.NAME);
  }

  @Override
  public Optional<ChildProcess> process() {
    return Optional.empty();
  }

  @Override
  public String start() throws StartFailedException, IOException, InterruptedException {
    ids.clear();
    if (first && isOurCluster()) {
      resumePoints.deleteUnused(jobs);
    }
    Map<FlinkJob, Optional<String>> from = new LinkedHashMap<>();
    submit(from);
    for (FlinkJob job : jobs) {
      awaitRunning(job, from.getOrDefault(job, Optional.empty()));
    }
    first = false;
    return describe(from);
  }

  @Override
  public Optional<String> stop() throws IOException, InterruptedException {
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    List<String> remarks = new ArrayList<>();
    Map<FlinkJob, String> requests = new LinkedHashMap<>();
    for (Map.Entry<FlinkJob, String> job : ids.entrySet()) {
      try {
        requests.put(job.getKey(), rest.stop(job.getValue(), savepointTarget(job.getValue())));
      } catch (IOException e) {
        remarks.add(withoutSavepoint(job.getKey(), String.valueOf(e.getMessage())));
      }
    }
    awaitSavepoints(requests, remarks);
    ids.clear();
    return Optional.of(
        remarks.isEmpty() ? "each with a savepoint" : String.join(System.lineSeparator(), remarks));
  }

  @Override
  public void abandon() {
    ids.clear();
  }

  private void submit(Map<FlinkJob, Optional<String>> from)
      throws StartFailedException, IOException, InterruptedException {
    List<FlinkRest.Job> running = rest.jobs().stream().filter(job -> !job.isOver()).toList();
    String jarId = rest.upload(jar);
    for (FlinkJob job : jobs) {
      Optional<FlinkRest.Job> there =
          running.stream().filter(other -> other.name().equals(job.name())).findFirst();
      if (there.isPresent()) {
        // On a cluster that is not ours it may have gone on since our last launcher was killed.
        ids.put(job, there.get().id());
        continue;
      }
      Optional<String> snapshot = snapshot(job);
      from.put(job, snapshot);
      try {
        String id =
            rest.run(jarId, job, arguments.apply(job), config.flink().parallelism(), snapshot);
        ids.put(job, id);
        resumePoints.submitted(job.name(), id, snapshot);
      } catch (FlinkRest.RefusedException e) {
        throw new StartFailedException(
            Text.of("%s was not accepted by Flink: %s", job.name(), String.valueOf(e.getMessage())),
            e);
      }
    }
  }

  /** Asked for once: a restart while the stack is up goes on from what the job has done since. */
  private Optional<String> snapshot(FlinkJob job) throws IOException {
    boolean discard = first && config.discardState().contains(job.name());
    return discard ? Optional.empty() : resumePoints.latest(job.name());
  }

  private void awaitRunning(FlinkJob job, Optional<String> snapshot)
      throws StartFailedException, IOException, InterruptedException {
    String id = ids.getOrDefault(job, "");
    long deadline = System.nanoTime() + config.startTimeout().toNanos();
    while (true) {
      Optional<FlinkRest.Job> seen = rest.job(id);
      if (seen.isPresent() && seen.get().allTasksRunning()) {
        return;
      }
      Optional<String> failure = seen.isPresent() ? rest.lastFailure(id) : Optional.empty();
      String state = seen.map(FlinkRest.Job::state).orElse("unknown");
      if (failure.isPresent() && snapshot.isPresent() && speaksOfState(failure.get())) {
        throw new StartFailedException(stateDoesNotFit(job, snapshot.get(), failure.get()));
      }
      boolean over = seen.isPresent() && seen.get().isOver();
      if (over || System.nanoTime() - deadline > 0) {
        throw new StartFailedException(notRunning(job, state, failure));
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private void awaitSavepoints(Map<FlinkJob, String> requests, List<String> remarks)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + config.stopTimeout().toNanos();
    Map<FlinkJob, String> open = new LinkedHashMap<>(requests);
    while (!open.isEmpty()) {
      for (FlinkJob job : List.copyOf(open.keySet())) {
        if (isDone(job, requests.getOrDefault(job, ""), remarks)) {
          open.remove(job);
        }
      }
      if (System.nanoTime() - deadline > 0) {
        String patience =
            Text.of(
                "not done after %d s (%s)",
                config.stopTimeout().toSeconds(), Setting.STOP_TIMEOUT.flag());
        open.keySet().forEach(job -> remarks.add(withoutSavepoint(job, patience)));
        return;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private boolean isDone(FlinkJob job, String request, List<String> remarks)
      throws InterruptedException, IOException {
    FlinkRest.SavepointResult result;
    try {
      result = rest.savepoint(ids.getOrDefault(job, ""), request);
    } catch (IOException e) {
      remarks.add(withoutSavepoint(job, String.valueOf(e.getMessage())));
      return true;
    }
    result.failure().ifPresent(reason -> remarks.add(withoutSavepoint(job, reason)));
    if (result.location().isPresent() && !isOurCluster()) {
      resumePoints.savepointTaken(job.name(), result.location().get());
    }
    return result.failure().isPresent() || result.location().isPresent();
  }

  private boolean isOurCluster() {
    return config.flink().external().isEmpty();
  }

  /** On a cluster that is not ours, its own default. */
  private Optional<String> savepointTarget(String jobId) {
    return isOurCluster()
        ? Optional.of(resumePoints.savepoints(jobId).toUri().toString())
        : Optional.empty();
  }

  private static boolean speaksOfState(String stackTrace) {
    return STATE_PROBLEMS.stream().anyMatch(stackTrace::contains);
  }

  private static String withoutSavepoint(FlinkJob job, String reason) {
    return Text.of(
        "%s: no savepoint (%s); the next start goes on from its last checkpoint",
        job.name(), reason);
  }

  private static String notRunning(FlinkJob job, String state, Optional<String> failure) {
    return Text.of(
        "%s does not run (%s)%s",
        job.name(), state, failure.map(f -> ": " + FlinkRest.rootCause(f)).orElse(""));
  }

  private static String stateDoesNotFit(FlinkJob job, String snapshot, String failure) {
    return Text.of(
        """
        %s cannot go on from its saved state: %s
            state: %s
        It is kept as it is. Either start the version that wrote it, or let this job begin anew:
            ./waymark up %s %s""",
        job.name(),
        FlinkRest.rootCause(failure),
        snapshot,
        Setting.DISCARD_STATE.flag(),
        job.name());
  }

  private String describe(Map<FlinkJob, Optional<String>> from) {
    String names = ids.keySet().stream().map(FlinkJob::name).collect(Collectors.joining(", "));
    long resumed = from.values().stream().filter(Optional::isPresent).count();
    return resumed == 0 ? names : Text.of("%s (%d from saved state)", names, resumed);
  }
}
