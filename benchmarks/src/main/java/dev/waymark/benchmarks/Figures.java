package dev.waymark.benchmarks;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured: under each name the samples of all runs, in the order of their first sample.
 */
public final class Figures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Figure(String unit, List<Double> samples) {
    double median() {
      List<Double> sorted = samples.stream().sorted().toList();
      int half = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(half)
          : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
  }

  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /** Throws {@link IllegalArgumentException} if the figure has another unit. */
  public void add(String name, String unit, double value) {
    Figure figure = figures.computeIfAbsent(name, key -> new Figure(unit, new ArrayList<>()));
    if (!figure.unit().equals(unit)) {
      throw new IllegalArgumentException(name + ": is in " + figure.unit() + ", not " + unit);
    }
    figure.samples().add(value);
  }

  /** Throws {@link IllegalArgumentException} if the figure has no sample. */
  public double median(String name) {
    Figure figure = figures.get(name);
    if (figure == null) {
      throw new IllegalArgumentException(name + ": not measured");
    }
    return figure.median();
  }

  /** Writes all figures with what they were measured on. */
  public void write(Path file, String benchmark, String machine, String commit) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("benchmark", benchmark).put("machine", machine).put("commit", commit);
    ObjectNode all = root.putObject("figures");
    figures.forEach(
        (name, figure) ->
            all.putObject(name)
                .put("unit", figure.unit())
                .put("median", figure.median())
                .put("min", Collections.min(figure.samples()))
                .put("max", Collections.max(figure.samples()))
                .put("runs", figure.samples().size()));
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    Files.writeString(file, JSON.writer(lines).writeValueAsString(root) + "\n");
  }

  /** For people: a line a figure. */
  public String table() {
    int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    String form = "%-" + Math.max(width, "figure".length()) + "s  %14s  %14s  %14s  %4s  %s%n";
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(Locale.ROOT, form, "figure", "median", "min", "max", "runs", "unit"));
    figures.forEach(
        (name, figure) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    form,
                    name,
                    shown(figure.median()),
                    shown(Collections.min(figure.samples())),
                    shown(Collections.max(figure.samples())),
                    figure.samples().size(),
                    figure.unit())));
    return table.toString();
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.3f" : "%,.0f", value);
  }
}
