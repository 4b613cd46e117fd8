package dev.waymark.jobs.config;

import java.util.List;

/** The configuration is wrong: every problem, each with its flag or variable. */
public final class InvalidSettingsException extends RuntimeException {
  private final List<String> problems;

  InvalidSettingsException(List<String> problems) {
    super("bad configuration:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
