package dev.waymark.benchmarks.micro;

import dev.waymark.benchmarks.BenchContext;
import dev.waymark.benchmarks.Benchmark;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benchmarks of this package; a figure each, a sample an iteration. */
public final class MicroBenchmark implements Benchmark {
  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String about() {
    return "single parts by JMH: decoding an event, checking it, judging it by one rule";
  }

  @Override
  public void run(BenchContext context) throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(MicroBenchmark.class.getPackageName() + "\\..*")
        .timeUnit(TimeUnit.MICROSECONDS)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .forks(context.isShort() ? 0 : 1)
        .warmupIterations(context.isShort() ? 1 : 5)
        .measurementIterations(context.isShort() ? 1 : 5)
        .warmupTime(TimeValue.seconds(1))
        .measurementTime(TimeValue.seconds(1));
    for (RunResult result : new Runner(options.build()).run()) {
      String figure = "micro." + result.getPrimaryResult().getLabel() + parameter(result);
      result.getBenchmarkResults().stream()
          .flatMap(fork -> fork.getIterationResults().stream())
          .forEach(
              iteration ->
                  context.sample(figure, "µs/op", iteration.getPrimaryResult().getScore()));
    }
  }

  /** One method measured with several values of its parameter makes several figures. */
  private static String parameter(RunResult result) {
    return result.getParams().getParamsKeys().stream()
        .map(key -> "." + result.getParams().getParam(key))
        .collect(Collectors.joining());
  }
}
