package dev.waymark.api.config;

import java.util.List;

/** The configuration cannot be used; holds every problem that was found, not only the first. */
public final class InvalidConfigException extends RuntimeException {
  private final List<String> problems;

  public InvalidConfigException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each as {@code VARIABLE: demand, was VALUE}. */
  public List<String> problems() {
    return problems;
  }
}
