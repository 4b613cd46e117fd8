package dev.waymark.checks.text;

/**
 * A part of a passage's text and what it is: {@code email}, {@code jwt}.
 *
 * @param start in UTF-16 units
 * @param end behind the last
 */
public record Span(String kind, int start, int end) {
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }
}
