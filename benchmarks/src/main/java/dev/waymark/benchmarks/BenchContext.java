package dev.waymark.benchmarks;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a benchmark is given: how long it may take, where figures go, and where to tell of progress.
 */
public final class BenchContext {
  private final boolean isShort;
  private final OptionalLong events;
  private final Path home;
  private final Figures figures;
  private final PrintWriter progress;

  public BenchContext(boolean isShort, Path home, Figures figures, PrintWriter progress) {
    this(isShort, OptionalLong.empty(), home, figures, progress);
  }

  /**
   * The same with a number of events.
   *
   * @param events empty: as many as the benchmark is made for
   */
  public BenchContext(
      boolean isShort, OptionalLong events, Path home, Figures figures, PrintWriter progress) {
    this.isShort = isShort;
    this.events = events;
    this.home = home;
    this.figures = figures;
    this.progress = progress;
  }

  /** Whether seconds must do: one iteration that shows that it works, not what it can. */
  public boolean isShort() {
    return isShort;
  }

  /** How many events to work on, where that was asked for. */
  public OptionalLong events() {
    return events;
  }

  /** The project's folder, in which the command line and the default rules lie. */
  public Path home() {
    return home;
  }

  /** Adds what one run measured to a figure; the unit is the same at every call. */
  public void sample(String figure, String unit, double value) {
    figures.add(figure, unit, value);
  }

  /** The median of a figure so far; it must have samples. */
  public double median(String figure) {
    return figures.median(figure);
  }

  /** A line for whoever waits. */
  public void say(String format, Object... arguments) {
    progress.println(String.format(Locale.ROOT, format, arguments));
    progress.flush();
  }
}
