package dev.waymark.schemas.rule;

import java.util.List;
import java.util.stream.Collectors;

/** A rule set that is refused, with every problem it has. */
public final class InvalidRulesException extends Exception {
  private final transient List<Problem> problems;

  public InvalidRulesException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
