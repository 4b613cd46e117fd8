package dev.waymark.api.store;

import java.util.Locale;

/** What bounded jobs over the stored trail are for. */
public enum TrailJobKind {
  BACKTEST("dev.waymark.jobs.BacktestJob"),
  EXPLANATION("dev.waymark.jobs.ExplainJob");

  private final String entryClass;

  TrailJobKind(String entryClass) {
    this.entryClass = entryClass;
  }

  /** The main class in the job jar. */
  public String entryClass() {
    return entryClass;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
