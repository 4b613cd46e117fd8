package dev.waymark.local;

import java.util.Locale;

/** Texts for people: the same whatever the machine's locale says. */
final class Text {
  private Text() {}

  static String of(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
