package dev.waymark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private record Known(String name, String about, Body body) implements Benchmark {
    interface Body {
      void run(BenchContext context);
    }

    @Override
    public void run(BenchContext context) {
      body.run(context);
    }
  }

  private static final Benchmark FAST =
      new Known("fast", "is fast", context -> context.sample("f", "s", context.isShort() ? 1 : 9));
  private static final Benchmark BROKEN =
      new Known(
          "broken",
          "never works",
          context -> {
            throw new IllegalStateException("A and E differ");
          });

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine(List.of(FAST, BROKEN));
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }

  @Test
  void listsWhatThereIsWithoutAName() {
    // When
    int code = run();

    // Then
    assertThat(code).isZero();
    assertThat(out.toString().lines()).containsExactly("fast    is fast", "broken  never works");
  }

  @Test
  void writesTheFiguresOfTheNamedBenchmark(@TempDir Path folder) throws Exception {
    // Given
    Path file = folder.resolve("figures.json");

    // When
    int code = run("fast", "--short", "--json", file.toString());

    // Then
    assertThat(code).isZero();
    assertThat(Files.readString(file))
        .contains("\"benchmark\" : \"fast\"")
        .contains("\"median\" : 1.0");
  }

  @Test
  void failsWhereABenchmarkFailsButMeasuresTheOthers() {
    // When
    int code = run("broken", "fast");

    // Then
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("broken failed: java.lang.IllegalStateException: A and E");
    assertThat(out.toString()).contains("f  ");
  }

  @Test
  void refusesANameThatThereIsNot() {
    // When
    int code = run("slow");

    // Then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("no benchmark slow; there are fast, broken");
  }

  @Test
  void teachesInItsHelp() {
    // When
    int code = run("--help");

    // Then
    assertThat(code).isZero();
    assertThat(out.toString()).contains("Exit codes:", "waymark bench engine --json engine.json");
  }
}
