package dev.waymark.jobs.config;

import dev.waymark.checks.CheckedMark;
import dev.waymark.checks.tenant.InvalidTenantsException;
import dev.waymark.checks.tenant.KeySource;
import dev.waymark.checks.tenant.Tenants;
import dev.waymark.checks.tenant.TenantsParser;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file of tenants and the keys it names, as they were when the job was submitted; they travel
 * in the job graph, so that all instances check alike.
 *
 * @param yaml content of the file; empty: nothing is checked
 * @param variables values of the variables that it names
 * @param files content of the files that it names
 * @param markSecret what doors make their mark with ({@link CheckedMark}); empty: no mark is
 *     believed
 */
public record ChecksConfig(
    String yaml, Map<String, String> variables, Map<String, String> files, String markSecret)
    implements Serializable {
  static final Setting<String> FILE =
      Setting.text(
          "checks.file",
          "",
          "Tenants and what is checked of their events (YAML), read at submission; empty: nothing is"
              + " checked.");
  static final Setting<String> MARK_SECRET =
      new Setting<>(
          "checked.secret",
          "",
          "What the API marks the events with that it checked, at least 32 bytes; empty: no mark is"
              + " believed.",
          ChecksConfig::parseSecret);

  /** Nothing is checked. */
  public static final ChecksConfig OFF = new ChecksConfig("", Map.of(), Map.of(), "");

  /** Reads the file and every key that it names; what is wrong with it becomes problems. */
  public static ChecksConfig from(Settings settings) {
    String file = settings.get(FILE);
    String secret = settings.get(MARK_SECRET);
    if (file.isEmpty()) {
      return OFF;
    }
    Keys keys = new Keys(settings);
    try {
      String yaml = Files.readString(Path.of(file));
      TenantsParser.parse(yaml, keys);
      return new ChecksConfig(
          yaml, new HashMap<>(keys.variables), new HashMap<>(keys.files), secret);
    } catch (IOException e) {
      settings.problem(FILE.flag() + ": cannot be read: " + e);
    } catch (InvalidTenantsException e) {
      settings.problem(FILE.flag() + ": " + file + ": " + e.getMessage());
    }
    return OFF;
  }

  /** Takes its flags in a job that stores no text of events. */
  public static void allow(Settings settings) {
    settings.allow(FILE.name());
    settings.allow(MARK_SECRET.name());
  }

  private static String parseSecret(String text) {
    if (!text.isEmpty()) {
      new CheckedMark(text);
    }
    return text;
  }

  public boolean isOn() {
    return !yaml.isEmpty();
  }

  /** Whether doors mark what they checked. */
  public boolean hasMark() {
    return !markSecret.isEmpty();
  }

  /** The tenants; they were valid when the configuration was read. */
  public Tenants parse() {
    try {
      return TenantsParser.parse(yaml, new Known(variables, files));
    } catch (InvalidTenantsException e) {
      throw new IllegalStateException("the file of tenants was valid at submission", e);
    }
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "ChecksConfig[" + yaml.lines().count() + " lines]";
  }

  /** Finds keys where the job is submitted, and keeps them. */
  private static final class Keys implements KeySource {
    private final Settings settings;
    private final KeySource here = KeySource.of(Map.of());
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();

    Keys(Settings settings) {
      this.settings = settings;
    }

    @Override
    public Optional<String> variable(String name) {
      Optional<String> value = settings.variable(name);
      value.ifPresent(text -> variables.put(name, text));
      return value;
    }

    @Override
    public Optional<String> file(String path) {
      Optional<String> content = here.file(path);
      content.ifPresent(text -> files.put(path, text));
      return content;
    }
  }

  private record Known(Map<String, String> variables, Map<String, String> files)
      implements KeySource {
    @Override
    public Optional<String> variable(String name) {
      return Optional.ofNullable(variables.get(name));
    }

    @Override
    public Optional<String> file(String path) {
      return Optional.ofNullable(files.get(path));
    }
  }
}
