package dev.waymark.schemas.metric;

import java.util.List;

/** A price table that is refused, with every problem it has and the line. */
public final class InvalidPricesException extends Exception {
  private final transient List<String> problems;

  InvalidPricesException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
