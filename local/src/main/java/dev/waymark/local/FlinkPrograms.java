package dev.waymark.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start Flink's programs from their jars, as the scripts of a Flink distribution would:
 * memory flags come from Flink's own {@code BashJavaUtils}, further flags from {@code
 * env.java.opts.*}.
 */
final class FlinkPrograms {
  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
  private static final String UTILITY = "org.apache.flink.runtime.util.bash.BashJavaUtils";
  private static final int RESULT_LINES = 2;

  /** The jobs share a TaskManager; each takes as many slots as it has parallel instances. */
  private static final int JOBS = FlinkJob.ALL.size();

  /** For one bounded job at a time that the API submits. */
  private static final int SPARE_SLOTS = 1;

  private final StackConfig.Flink config;
  private final DataDir data;
  private final String classPath;

  FlinkPrograms(StackConfig.Flink config, DataDir data, Programs programs) {
    this.config = config;
    this.data = data;
    this.classPath = programs.flinkClassPath();
  }

  /** One of the two processes of a cluster. */
  enum Role {
    JOBMANAGER(
        "GET_JM_RESOURCE_PARAMS",
        "env.java.opts.jobmanager",
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        // Little garbage and short code paths: it only coordinates.
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        0),
    TASKMANAGER(
        "GET_TM_RESOURCE_PARAMS",
        "env.java.opts.taskmanager",
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        List.of(),
        1);

    private final String resources;
    private final String javaOptions;
    private final String mainClass;
    private final List<String> jvmFlags;
    private final int metricsPortOffset;

    Role(
        String resources,
        String javaOptions,
        String mainClass,
        List<String> jvmFlags,
        int metricsPortOffset) {
      this.resources = resources;
      this.javaOptions = javaOptions;
      this.mainClass = mainClass;
      this.jvmFlags = jvmFlags;
      this.metricsPortOffset = metricsPortOffset;
    }
  }

  /**
   * The command for one process. Its configuration is written anew, into a folder of its own.
   *
   * @param name of the process, for its log
   * @param properties on top of the configuration
   */
  Command command(Role role, String name, Map<String, String> properties)
      throws StartFailedException, IOException, InterruptedException {
    FlinkConf conf = conf(role, name, properties);
    Path confDir = data.flink().resolve("conf").resolve(name);
    conf.writeTo(confDir, config.confDir());
    List<String> resources = resources(role, confDir);
    List<String> line = new ArrayList<>();
    line.add(Command.java());
    line.addAll(words(resources.get(0)));
    line.addAll(words(conf.get("env.java.opts.all").orElse("")));
    line.addAll(words(conf.get(role.javaOptions).orElse("")));
    line.addAll(role.jvmFlags);
    line.add("-Dlog.file=" + data.root().resolve("logs").resolve(name + ".flink.log"));
    line.add("-Dlog4j2.configurationFile=" + confDir.resolve("log4j-console.properties").toUri());
    line.addAll(List.of("-cp", classPath, role.mainClass, "--configDir", confDir.toString()));
    line.addAll(words(resources.get(1)));
    return new Command(line, Map.of(), data.flink());
  }

  private FlinkConf conf(Role role, String name, Map<String, String> properties)
      throws IOException {
    Map<String, String> local = new LinkedHashMap<>(local());
    local.putAll(scratch(name));
    config
        .metricsPort()
        .ifPresent(
            port ->
                local.put(
                    "metrics.reporter.prom.port", String.valueOf(port + role.metricsPortOffset)));
    local.putAll(properties);
    FlinkConf conf = FlinkConf.read(config.confDir()).with(local);
    return config.metricsPort().isPresent() ? conf : conf.withoutMetricsReporters();
  }

  /** Room for jars and RocksDB's working files, emptied of what a killed process has left. */
  private Map<String, String> scratch(String name) throws IOException {
    Path scratch = data.flink().resolve("tmp").resolve(name);
    Folders.delete(scratch);
    Files.createDirectories(scratch);
    return Map.of("io.tmp.dirs", scratch.toString(), "web.upload.dir", scratch.toString());
  }

  private Map<String, String> local() {
    Map<String, String> local = new LinkedHashMap<>();
    local.put("jobmanager.rpc.address", StackConfig.LOOPBACK);
    local.put("jobmanager.rpc.port", String.valueOf(config.rpcPort()));
    local.put("jobmanager.bind-host", StackConfig.LOOPBACK);
    local.put("taskmanager.host", StackConfig.LOOPBACK);
    local.put("taskmanager.bind-host", StackConfig.LOOPBACK);
    local.put(
        "taskmanager.numberOfTaskSlots", String.valueOf(JOBS * config.parallelism() + SPARE_SLOTS));
    local.put("parallelism.default", String.valueOf(config.parallelism()));
    local.put("rest.address", StackConfig.LOOPBACK);
    local.put("rest.bind-address", StackConfig.LOOPBACK);
    local.put("rest.port", String.valueOf(config.port()));
    local.put("rest.bind-port", String.valueOf(config.port()));
    local.put("execution.checkpointing.dir", data.checkpoints().toUri().toString());
    local.put("execution.checkpointing.savepoint-dir", data.savepoints().toUri().toString());
    config.jobManagerMemory().ifPresent(m -> local.put("jobmanager.memory.process.size", m));
    config.taskManagerMemory().ifPresent(m -> local.put("taskmanager.memory.process.size", m));
    return local;
  }

  /**
   * The JVM's flags and the program's arguments, as Flink works them out from the configuration.
   */
  private List<String> resources(Role role, Path confDir)
      throws StartFailedException, IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Command.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                UTILITY,
                role.resources,
                "--configDir",
                confDir.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> results =
        output
            .lines()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()))
            .toList();
    if (process.waitFor() != 0 || results.size() != RESULT_LINES) {
      throw new StartFailedException(
          Text.of(
              "%s: Flink cannot use this configuration%n%s",
              config.confDir().resolve("config.yaml"), output.indent(4)));
    }
    return results;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
