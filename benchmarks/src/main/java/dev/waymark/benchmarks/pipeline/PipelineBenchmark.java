package dev.waymark.benchmarks.pipeline;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.time.Duration;
import java.util.List;

/**
 * Events a second of each job from a filled topic, on a cluster as {@code ./waymark up} starts it,
 * beside a job that only decodes and a loop that only writes. All take turns in each round.
 */
public final class PipelineBenchmark implements Benchmark {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final int ROUNDS = 3;
  private static final int RUNS = 150_000;
  private static final int SHORT_RUNS = 4_000;

  /** Rows that the trail and the loop write, as a share of the topic's events. */
  private static final double WRITTEN = 0.25;

  private static final String PASS_THROUGH = "pass-through";
  private static final String JDBC_LOOP = "jdbc-loop";

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String about() {
    return "events/s of the three jobs from a filled topic, beside decoding alone and writing alone";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    try (LocalStack stack =
        LocalStack.start(context.home(), List.of("--time", "log")).awaitReady(START_PATIENCE)) {
      Jobs jobs = new Jobs(context.home(), stack);
      jobs.cancelAll();
      Workload workload = Workload.fill(jobs.config(), context.isShort() ? SHORT_RUNS : RUNS);
      context.say(
          "%,d events in the topic, %,d bytes each", workload.events(), workload.eventBytes());
      long rows = (long) (workload.events() * WRITTEN);
      JdbcLoop loop = JdbcLoop.of(jobs.config(), jobs.prices(), rows);
      for (int round = 1; round <= (context.isShort() ? 1 : ROUNDS); round++) {
        for (int parallelism : List.of(1, 2)) {
          new Round(context, jobs, workload, loop, parallelism).run();
        }
      }
    }
  }

  /** Each job and each baseline once. */
  private record Round(
      BenchContext context, Jobs jobs, Workload workload, JdbcLoop loop, int parallelism) {

    void run() throws Exception {
      JobRun.Done all = JobRun.watermark(workload.endMs());
      double passThrough = job(PASS_THROUGH, Jobs::passThrough, all);
      ratio("validation", job("validation", Jobs::validation, all), PASS_THROUGH, passThrough);
      ratio("metrics", job("metrics", Jobs::metrics, all), PASS_THROUGH, passThrough);
      JobRun.Done written = (metrics, id) -> JobRun.written(metrics, id) >= loop.rows();
      double trail = job("trail", Jobs::trail, written, JobRun::written, loop.rows());
      jobs.emptyTables();
      ratio("trail", trail, JDBC_LOOP, speed(JDBC_LOOP, loop.rows() / loop.seconds(parallelism)));
    }

    private double job(String name, Jobs.Start start, JobRun.Done done) throws Exception {
      return job(name, start, done, JobRun::read, workload.events());
    }

    private double job(
        String name, Jobs.Start start, JobRun.Done done, JobRun.Count count, long total)
        throws Exception {
      jobs.emptyTables();
      JobRun.Took took = start.start(jobs, parallelism).until(done, count, total);
      context.sample(figure(name + ".cpu"), "µs/event", took.cpuSeconds() * 1e6 / took.count());
      return speed(name, took.count() / took.seconds());
    }

    private double speed(String name, double eventsPerSecond) {
      context.sample(figure(name), "events/s", eventsPerSecond);
      context.say("%s: %,.0f events/s", figure(name), eventsPerSecond);
      return eventsPerSecond;
    }

    private void ratio(String name, double value, String base, double baseValue) {
      context.sample(figure(name + "/" + base), "ratio", value / baseValue);
    }

    private String figure(String name) {
      return name + ".p" + parallelism;
    }
  }
}
