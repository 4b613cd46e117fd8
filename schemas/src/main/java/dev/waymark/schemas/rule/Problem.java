package dev.waymark.schemas.rule;

/**
 * What is wrong with a rule set or another file people write, and where: {@code
 * rules[2].within.max} and {@code must be positive, was PT0S}.
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
