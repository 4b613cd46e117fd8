package dev.waymark.local;

import java.io.Serial;
import java.util.List;

/** Configuration nothing can be started with; carries every problem, one line each. */
final class InvalidConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
