package dev.waymark.benchmarks;

import dev.waymark.benchmarks.engine.CheckBenchmark;
import dev.waymark.benchmarks.engine.EngineBenchmark;
import dev.waymark.benchmarks.engine.GrowthBenchmark;
import dev.waymark.benchmarks.engine.StateBenchmark;
import dev.waymark.benchmarks.micro.MicroBenchmark;
import dev.waymark.benchmarks.pipeline.ColdBenchmark;
import dev.waymark.benchmarks.pipeline.GatewayBenchmark;
import dev.waymark.benchmarks.pipeline.LatencyBenchmark;
import dev.waymark.benchmarks.pipeline.PipelineBenchmark;
import dev.waymark.benchmarks.pipeline.RuleChangeBenchmark;
import dev.waymark.benchmarks.pipeline.StackBenchmark;
import dev.waymark.benchmarks.reads.ReadsBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The benchmarks' command line. */
@Command(
    name = "waymark bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Waymark on this machine. Without NAME: lists the benchmarks.",
      "Figures are medians over the runs of one call; leave the machine alone meanwhile."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:a benchmark failed, or ways that must agree found different violations",
      "2:bad usage"
    },
    footer = {
      "",
      "Examples:",
      "  waymark bench engine --json engine.json",
      "  waymark bench --short engine check     a look at whether they work, in seconds"
    })
public final class Main implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final List<Benchmark> ALL =
      List.of(
          new EngineBenchmark(),
          new GrowthBenchmark(),
          new StateBenchmark(),
          new CheckBenchmark(),
          new MicroBenchmark(),
          new PipelineBenchmark(),
          new LatencyBenchmark(),
          new RuleChangeBenchmark(),
          new GatewayBenchmark(),
          new ReadsBenchmark(),
          new StackBenchmark(),
          new ColdBenchmark());

  private final List<Benchmark> known;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which to run, in this order.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the figures go, with machine and commit.")
  private @Nullable Path jsonFile;

  @Option(
      names = "--short",
      description = "One iteration of seconds each: shows that a benchmark works, not what it can.")
  private boolean isShort;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events reads works on, instead of 10,000,000.")
  private @Nullable Long events;

  @Spec private @Nullable CommandSpec spec;

  private Main(List<Benchmark> known) {
    this.known = known;
  }

  /** Runs what the arguments say and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine(ALL).execute(args));
  }

  /** The command line over these benchmarks, for {@link #main} and for tests. */
  static CommandLine commandLine(List<Benchmark> known) {
    return new CommandLine(new Main(known));
  }

  @Override
  public Integer call() throws IOException {
    if (names.isEmpty()) {
      list();
      return 0;
    }
    List<Benchmark> chosen = names.stream().distinct().map(this::find).toList();
    Path home = Path.of(System.getProperty("waymark.home", ""));
    Figures figures = new Figures();
    boolean done = runAll(chosen, context(home, figures), err());
    out().print(figures.table());
    out().flush();
    if (jsonFile != null) {
      figures.write(jsonFile, String.join(" ", names), Machine.describe(), Machine.commit(home));
    }
    return done ? 0 : FAILED;
  }

  private BenchContext context(Path home, Figures figures) {
    OptionalLong count = events == null ? OptionalLong.empty() : OptionalLong.of(events);
    return new BenchContext(isShort, count, home, figures, err());
  }

  /** One that fails does not keep the others from being measured. */
  private static boolean runAll(List<Benchmark> chosen, BenchContext context, PrintWriter err) {
    boolean done = true;
    for (Benchmark benchmark : chosen) {
      context.say("%s: %s", benchmark.name(), benchmark.about());
      try {
        benchmark.run(context);
      } catch (Exception e) {
        done = false;
        context.say("%s failed: %s", benchmark.name(), e);
        e.printStackTrace(err);
      }
    }
    return done;
  }

  private void list() {
    int width = known.stream().mapToInt(benchmark -> benchmark.name().length()).max().orElse(0);
    for (Benchmark benchmark : known) {
      out()
          .println(
              benchmark.name()
                  + " ".repeat(width + 2 - benchmark.name().length())
                  + benchmark.about());
    }
    out().flush();
  }

  private Benchmark find(String name) {
    return known.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    commandSpec().commandLine(),
                    "no benchmark "
                        + name
                        + "; there are "
                        + String.join(", ", known.stream().map(Benchmark::name).toList())));
  }

  private PrintWriter out() {
    return commandSpec().commandLine().getOut();
  }

  private PrintWriter err() {
    return commandSpec().commandLine().getErr();
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it before a command runs");
    }
    return spec;
  }
}
