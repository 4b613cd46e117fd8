package dev.waymark.benchmarks.engine;

import dev.waymark.schemas.rule.RuleParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One variant in a JVM of its own; started by {@link VariantRun}, which knows the arguments. */
final class VariantProcess {
  private final VariantRun run;
  private final Set<Finding> found = Collections.synchronizedSet(new HashSet<>());
  private final Properties results = new Properties();

  private VariantProcess(VariantRun run) {
    this.run = run;
  }

  public static void main(String[] args) throws Exception {
    VariantRun run = VariantRun.parse(args[0]);
    Path folder = Path.of(args[1]);
    new VariantProcess(run).measure(folder);
    System.exit(0);
  }

  private void measure(Path folder) throws Exception {
    Pace.measure(
        run.measuredFrom(), run.workload().events() - run.parallelism(), run.parallelism());
    if (run.variant() == Variant.D) {
      loop();
    } else {
      runJob(folder);
    }
    Pace.Measured measured = Pace.measured();
    put(VariantRun.EVENTS_PER_SECOND, measured.eventsPerSecond());
    put(VariantRun.CPU_MICROS, measured.cpuMicros());
    put(VariantRun.SECONDS, measured.seconds());
    Files.write(
        folder.resolve(VariantRun.FINDINGS),
        found.stream().map(Finding::toString).sorted().toList());
    try (var out = Files.newBufferedWriter(folder.resolve(VariantRun.RESULTS))) {
      results.store(out, null);
    }
  }

  private void put(String name, double value) {
    results.setProperty(name, Double.toString(value));
  }

  /** A thread a partition. */
  private void loop() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int partition = 0; partition < run.parallelism(); partition++) {
      int from = partition;
      threads.add(new Thread(() -> loop(from)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void loop(int partition) {
    Workload.Events events = run.workload().opened();
    PlainLoop loop = new PlainLoop();
    for (int event = partition; event < run.workload().events(); event += run.parallelism()) {
      Pace.take(event);
      loop.take(events.get(event));
    }
    found.addAll(loop.finish());
  }

  private void runJob(Path folder) throws Exception {
    Configuration configuration = configuration(folder);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    VariantJobs jobs = new VariantJobs(env, run.workload());
    if (run.variant() == Variant.E) {
      jobs.addEngine(
          RuleParser.parse(Files.readString(run.rules())),
          violation -> found.add(VariantJobs.finding(violation)));
    } else {
      jobs.addJudging(run.variant(), found::add);
    }
    JobGraph graph = env.getStreamGraph().getJobGraph();
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(run.parallelism())
                .build());
    // It ends with this process.
    cluster.start();
    cluster.executeJobBlocking(graph);
    noteCheckpoints(cluster.getExecutionGraph(graph.getJobID()).get().getCheckpointStatsSnapshot());
  }

  private void noteCheckpoints(CheckpointStatsSnapshot checkpoints) {
    put(VariantRun.CHECKPOINTS, (double) checkpoints.getCounts().getNumberOfCompletedCheckpoints());
    // The last one comes when all cases have ended; the largest is that of the most open runs.
    AbstractCheckpointStats largest =
        checkpoints.getHistory().getCheckpoints().stream()
            .filter(checkpoint -> checkpoint.getStatus().isCompleted())
            .max(Comparator.comparingLong(AbstractCheckpointStats::getStateSize))
            .orElse(null);
    if (largest != null) {
      put(VariantRun.CHECKPOINT_BYTES, (double) largest.getStateSize());
      put(VariantRun.CHECKPOINT_MS, (double) largest.getEndToEndDuration());
    }
  }

  private Configuration configuration(Path folder) {
    Configuration configuration = new Configuration();
    configuration.setString(
        "state.backend.type", run.variant() == Variant.B ? "hashmap" : "rocksdb");
    configuration.setString("state.backend.rocksdb.timer-service.factory", "HEAP");
    configuration.setString("taskmanager.memory.managed.size", "384m");
    configuration.setString("taskmanager.memory.network.min", "64m");
    configuration.setString("taskmanager.memory.network.max", "64m");
    if (run.variant() == Variant.A) {
      // It gets so few events that a good part of them would lie in buffers of the usual 32 KiB,
      // and be counted as done.
      configuration.setString("taskmanager.memory.segment-size", "4kb");
    }
    configuration.setString("execution.checkpointing.interval", run.checkpointMs() + " ms");
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString("execution.checkpointing.min-pause", "1 s");
    configuration.setString(
        "execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    configuration.setString("execution.checkpointing.storage", "filesystem");
    configuration.setString("io.tmp.dirs", folder.toString());
    configuration.setString("pipeline.max-parallelism", "128");
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("parallelism.default", Integer.toString(run.parallelism()));
    configuration.setString("restart-strategy.type", "disable");
    configuration.setString("rest.bind-port", "0");
    return configuration;
  }
}
