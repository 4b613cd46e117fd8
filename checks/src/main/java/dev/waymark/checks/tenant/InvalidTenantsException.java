package dev.waymark.checks.tenant;

import dev.waymark.schemas.rule.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A file of tenants that is refused, with every problem it has. */
public final class InvalidTenantsException extends Exception {
  private final transient List<Problem> problems;

  public InvalidTenantsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
