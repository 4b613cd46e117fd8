package dev.waymark.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthPlotTest {
  @Test
  void drawsAScalableDrawing(@TempDir Path folder) throws Exception {
    // Given
    Path file = folder.resolve("growth.svg");

    // When
    GrowthPlot.write(file, List.of(1, 10, 100), List.of(9.0, 9.5, 11.0));

    // Then
    assertThat(Files.readString(file)).contains("<svg").endsWith("</svg>\n");
  }
}
