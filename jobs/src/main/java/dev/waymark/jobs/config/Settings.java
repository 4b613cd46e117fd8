package dev.waymark.jobs.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The flags and the environment of one start. Collects every problem instead of stopping at the
 * first; {@link #requireValid} throws them all at once.
 */
public final class Settings {
  private final Map<String, String> flags = new LinkedHashMap<>();
  private final Map<String, String> environment;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Setting<?>> asked = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Takes {@code --name value} pairs. */
  public Settings(String[] args, Map<String, String> environment) {
    this.environment = environment;
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      readFlag(words.next(), words);
    }
  }

  private void readFlag(String word, Iterator<String> rest) {
    if (!word.startsWith("--")) {
      problems.add(word + ": must be a flag that starts with --");
    } else if (!rest.hasNext()) {
      problems.add(word + ": needs a value");
    } else if (flags.put(word.substring(2), rest.next()) != null) {
      problems.add(word + ": given twice");
    }
  }

  /** The value in force; the default where the one given is wrong, which is then a problem. */
  public <T> T get(Setting<T> setting) {
    known.add(setting.name());
    asked.add(setting);
    String flag = flags.get(setting.name());
    String text = flag != null ? flag : environment.get(setting.environmentVariable());
    if (text == null) {
      return setting.parser().parse(setting.defaultText());
    }
    try {
      return setting.parser().parse(text);
    } catch (IllegalArgumentException e) {
      String where = flag != null ? setting.flag() : setting.environmentVariable();
      problems.add(where + ": " + e.getMessage() + ", was \"" + text + "\"");
      return setting.parser().parse(setting.defaultText());
    }
  }

  /** A variable that no setting has: one that a file names, with a key in it. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /** What was asked for so far, in that order: what there is to document. */
  public List<Setting<?>> asked() {
    return List.copyOf(asked);
  }

  /** Takes a flag that only other jobs read, so that one command line serves all of them. */
  public void allow(String name) {
    known.add(name);
  }

  /** A problem that shows only when values are seen together. */
  public void problem(String text) {
    problems.add(text);
  }

  /** Call after the last {@link #get}: flags nobody asked for are problems too. */
  public void requireValid() {
    for (String name : flags.keySet()) {
      if (!known.contains(name)) {
        problems.add("--" + name + ": unknown; known are --" + String.join(", --", known));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }
}
