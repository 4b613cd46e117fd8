package dev.waymark.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at a stack from outside and says how it is. */
final class StackStatus {
  static final int HEALTHY = 0;
  static final int DEGRADED = 1;
  static final int NOT_RUNNING = 3;

  private static final long BYTES_PER_MIB = 1024 * 1024;
  private static final String JDBC_PREFIX = "jdbc:";

  private final DataDir data;
  private final PrintStream out;
  private final Health health = new Health();

  private record Line(String name, boolean ok, String detail) {}

  StackStatus(DataDir data, PrintStream out) {
    this.data = data;
    this.out = out;
  }

  /** Prints a line a part; returns the exit code. */
  int show() throws IOException, InterruptedException {
    if (new PidFile(data.pidFile(Launcher.NAME)).living().isEmpty()) {
      return showNotRunning();
    }
    Map<String, String> env = StackEnv.read(data);
    if (env.isEmpty()) {
      out.println("Starting or stopping; see " + data.log(Launcher.NAME));
      return DEGRADED;
    }
    List<Line> lines = new ArrayList<>(processes(env));
    lines.addAll(jobs(env));
    lines.forEach(
        line ->
            out.println(
                Text.of("%s %-20s %s", line.ok() ? "✓" : "✗", line.name(), line.detail().strip())));
    return lines.stream().allMatch(Line::ok) ? HEALTHY : DEGRADED;
  }

  private int showNotRunning() throws IOException {
    out.println("Not running on " + data.root());
    new Orphans(data)
        .find()
        .forEach(
            (name, process) ->
                out.println(
                    Text.of(
                        "! %s (pid %d) is left of a launcher that was killed; up or down stops it",
                        name, process.pid())));
    return NOT_RUNNING;
  }

  private List<Line> processes(Map<String, String> env) throws IOException, InterruptedException {
    String database = env.getOrDefault(Setting.DB_URL.env(), "");
    String kafka = env.getOrDefault(Setting.KAFKA.env(), "");
    String flink = env.getOrDefault(Setting.FLINK.env(), "");
    String api = env.getOrDefault(StackEnv.API_URL, "");
    List<Line> lines = new ArrayList<>();
    String databaseAddress = database.substring(JDBC_PREFIX.length());
    lines.add(process(PostgresService.NAME, health.accepts(databaseAddress), database));
    lines.add(process(KafkaService.NAME, health.accepts("kafka://" + kafka.split(",")[0]), kafka));
    lines.add(process(JobManagerService.NAME, new FlinkRest(flink).isUp(), flink));
    lines.add(process(TaskManagerService.NAME, hasTaskManager(flink), ""));
    lines.add(process(ApiService.NAME, health.answers(URI.create(api + "/health")), api));
    if (identity(DemoService.NAME).isPresent()) {
      lines.add(process(DemoService.NAME, true, ""));
    }
    lines.add(process(Launcher.NAME, true, ""));
    return lines;
  }

  private List<Line> jobs(Map<String, String> env) throws IOException, InterruptedException {
    List<FlinkRest.Job> running;
    try {
      running = new FlinkRest(env.getOrDefault(Setting.FLINK.env(), "")).jobs();
    } catch (IOException e) {
      return List.of(new Line(JobsService.NAME, false, "unknown, Flink does not answer"));
    }
    URI pipeline = URI.create(env.getOrDefault(StackEnv.API_URL, "") + "/api/v1/pipeline");
    PipelineReport report =
        PipelineReport.of(health.get(pipeline, StackSecrets.apiKey(data, System.getenv())));
    List<Line> lines = new ArrayList<>();
    FlinkJob.ALL.forEach(job -> lines.add(job(job, running, report)));
    report.problems().forEach(problem -> lines.add(new Line("pipeline", false, problem)));
    return lines;
  }

  private static Line job(FlinkJob job, List<FlinkRest.Job> running, PipelineReport report) {
    return running.stream()
        .filter(other -> other.name().equals(job.name()) && !other.isOver())
        .findFirst()
        .map(
            found ->
                new Line(
                    job.name(),
                    found.allTasksRunning(),
                    Text.of("%-28s %s", found.state(), report.of(job))))
        .orElse(new Line(job.name(), false, "not there"));
  }

  private static boolean hasTaskManager(String flink) throws InterruptedException {
    try {
      return !new FlinkRest(flink).taskManagers().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** A line with pid and memory, where the process is ours. */
  private Line process(String name, boolean ok, String address) throws IOException {
    String place =
        identity(name)
            .map(found -> Text.of("pid %d%s", found.pid(), memory(name, found.pid())))
            .orElse("");
    return new Line(name, ok, Text.of("%-28s %s", place, address));
  }

  private Optional<ProcessIdentity> identity(String name) throws IOException {
    return new PidFile(data.pidFile(name)).living();
  }

  /** Of the launcher without its children, which have lines of their own. */
  private static String memory(String name, long pid) {
    OptionalLong bytes =
        name.equals(Launcher.NAME) ? ProcessMemory.own(pid) : ProcessMemory.withDescendants(pid);
    return bytes.isPresent() ? Text.of(", %d MiB", bytes.getAsLong() / BYTES_PER_MIB) : "";
  }
}
