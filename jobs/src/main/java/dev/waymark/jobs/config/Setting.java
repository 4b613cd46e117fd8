package dev.waymark.jobs.config;

import java.util.Locale;

/**
 * One thing that can be set: {@code --kafka.bootstrap-servers X} or {@code
 * WAYMARK_KAFKA_BOOTSTRAP_SERVERS=X}; the flag wins.
 *
 * @param name the key, without the leading {@code waymark.}
 * @param defaultText what holds where nothing is set
 * @param description what it does, with its unit
 * @param parser from text to value; throws {@link IllegalArgumentException} whose message says what
 *     is demanded
 */
public record Setting<T>(String name, String defaultText, String description, Parser<T> parser) {

  /** Reads a value; the message of its exception follows the setting's name. */
  @FunctionalInterface
  public interface Parser<T> {
    T parse(String text);
  }

  /** Any text, the empty one too. */
  public static Setting<String> text(String name, String defaultText, String description) {
    return new Setting<>(name, defaultText, description, text -> text);
  }

  /** A whole number of at least {@code min}. */
  public static Setting<Long> number(String name, long min, long defaultValue, String description) {
    return new Setting<>(
        name,
        Long.toString(defaultValue),
        description,
        text -> parseNumber(text, min, Long.MAX_VALUE));
  }

  /** A whole number of at least {@code min} that fits 32 bits. */
  public static Setting<Integer> integer(
      String name, int min, int defaultValue, String description) {
    return new Setting<>(
        name,
        Integer.toString(defaultValue),
        description,
        text -> (int) parseNumber(text, min, Integer.MAX_VALUE));
  }

  /** One of an enum's names, in lower case. */
  public static <E extends Enum<E>> Setting<E> choice(
      String name, Class<E> type, E defaultValue, String description) {
    return new Setting<>(
        name, lower(defaultValue), description, text -> parseChoice(text, type.getEnumConstants()));
  }

  public String flag() {
    return "--" + name;
  }

  public String environmentVariable() {
    return "WAYMARK_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static long parseNumber(String text, long min, long max) {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
    if (number < min || number > max) {
      throw new IllegalArgumentException("must be from " + min + " to " + max);
    }
    return number;
  }

  private static <E extends Enum<E>> E parseChoice(String text, E[] choices) {
    StringBuilder names = new StringBuilder();
    for (E choice : choices) {
      if (lower(choice).equals(text)) {
        return choice;
      }
      names.append(names.isEmpty() ? "" : ", ").append(lower(choice));
    }
    throw new IllegalArgumentException("must be one of " + names);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
