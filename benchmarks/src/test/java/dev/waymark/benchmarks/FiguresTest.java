package dev.waymark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  @Test
  void writesMedianAndRangeOfEachFigure(@TempDir Path folder) throws IOException {
    // Given
    Figures figures = new Figures();
    figures.add("E.p1", "events/s", 30);
    figures.add("E.p1", "events/s", 10);
    figures.add("E.p1", "events/s", 20.5);
    figures.add("check.seconds", "s", 7);

    // When
    figures.write(folder.resolve("f.json"), "engine", "2 processors", "abc");

    // Then
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(folder.resolve("f.json").toFile()))
        .isEqualTo(
            json.readTree(
                """
                {"benchmark": "engine", "machine": "2 processors", "commit": "abc", "figures": {
                  "E.p1": {"unit": "events/s", "median": 20.5, "min": 10.0, "max": 30.0, "runs": 3},
                  "check.seconds": {"unit": "s", "median": 7.0, "min": 7.0, "max": 7.0, "runs": 1}}}
                """));
  }

  @Test
  void takesTheMiddleOfTwoAsMedian() {
    // Given
    Figures figures = new Figures();
    figures.add("f", "s", 1);
    figures.add("f", "s", 4);

    // When
    double median = figures.median("f");

    // Then
    assertThat(median).isEqualTo(2.5);
  }

  @Test
  void showsALineAFigure() {
    // Given
    Figures figures = new Figures();
    figures.add("E.p1", "events/s", 150_000);
    figures.add("state.run", "bytes", 1.5);

    // When
    String table = figures.table();

    // Then
    assertThat(table.lines())
        .containsExactly(
            "figure             median             min             max  runs  unit",
            "E.p1              150,000         150,000         150,000     1  events/s",
            "state.run           1.500           1.500           1.500     1  bytes");
  }

  @Test
  void refusesAnotherUnitUnderTheSameName() {
    // Given
    Figures figures = new Figures();
    figures.add("f", "s", 1);

    // When / Then
    assertThatThrownBy(() -> figures.add("f", "ms", 1)).hasMessage("f: is in s, not ms");
  }
}
