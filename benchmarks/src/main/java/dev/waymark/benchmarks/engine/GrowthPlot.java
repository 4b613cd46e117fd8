package dev.waymark.benchmarks.engine;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** The cost of an event over the number of rules, as a drawing. */
final class GrowthPlot {
  private GrowthPlot() {}

  static void write(Path file, List<Integer> rules, List<Double> microsAnEvent) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(640)
            .height(400)
            .title("CPU an event by rules in force")
            .xAxisTitle("rules")
            .yAxisTitle("µs an event")
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisMin(0.0)
        .setLegendVisible(false)
        .setChartBackgroundColor(Color.WHITE);
    chart.addSeries("µs an event", rules, microsAnEvent);
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
  }
}
