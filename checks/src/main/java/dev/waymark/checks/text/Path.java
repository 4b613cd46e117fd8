package dev.waymark.checks.text;

import org.jspecify.annotations.Nullable;

/** Where a value lies in an event; its text is made when somebody asks, which is seldom. */
final class Path {
  static final Path ROOT = new Path(null, "", -1);

  private final @Nullable Path parent;
  private final String name;
  private final int index;

  private Path(@Nullable Path parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  Path member(String member) {
    return new Path(this, member, -1);
  }

  Path element(int at) {
    return new Path(this, "", at);
  }

  /** Dotted: {@code payload.params.to[2]}. */
  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    String before = parent.toString();
    if (index >= 0) {
      return before + "[" + index + "]";
    }
    return before.isEmpty() ? name : before + "." + name;
  }
}
