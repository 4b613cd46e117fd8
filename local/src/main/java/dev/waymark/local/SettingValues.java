package dev.waymark.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@link Setting}s as typed values and collects what is wrong with them, so that a person
 * sees all problems at once. A getter that finds a problem notes it and returns a harmless value;
 * nobody may use the values before {@link #problems()} is seen to be empty.
 */
final class SettingValues {
  private static final int MAX_PORT = 65_535;
  private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,9}[mMgG]");
  private static final String HARMLESS_SIZE = "1g";

  private final Map<Setting, String> flags;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingValues(Map<Setting, String> flags, Map<String, String> environment) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
  }

  /** One line a problem: flag, environment twin, demand and value. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  void problem(Setting setting, String demand, String value) {
    problems.add(Text.of("%s (%s): %s, was \"%s\"", setting.flag(), setting.env(), demand, value));
  }

  /**
   * The value if one is set; an empty variable counts as not set, as a shell's {@code X= cmd}
   * means.
   */
  Optional<String> text(Setting setting) {
    String flag = flags.get(setting);
    if (flag != null) {
      return Optional.of(flag);
    }
    String variable = environment.get(setting.env());
    if (variable != null && !variable.isEmpty()) {
      return Optional.of(variable);
    }
    return Optional.ofNullable(setting.fallback());
  }

  /** The value of a setting that has a default. */
  String required(Setting setting) {
    return text(setting)
        .orElseThrow(() -> new IllegalStateException(setting.flag() + " has no default"));
  }

  int number(Setting setting, int min, int max) {
    String value = required(setting);
    Optional<Integer> number = parse(value).filter(n -> n >= min && n <= max);
    if (number.isEmpty()) {
      problem(setting, Text.of("must be a whole number from %d to %d", min, max), value);
    }
    return number.orElse(min);
  }

  int port(Setting setting) {
    return number(setting, 1, MAX_PORT);
  }

  Optional<Integer> optionalPort(Setting setting) {
    return text(setting).isEmpty() ? Optional.empty() : Optional.of(port(setting));
  }

  Duration seconds(Setting setting, int max) {
    return Duration.ofSeconds(number(setting, 1, max));
  }

  String choice(Setting setting, List<String> choices) {
    String value = required(setting);
    if (!choices.contains(value)) {
      problem(setting, "must be one of " + String.join(", ", choices), value);
    }
    return value;
  }

  /** A size as the JVM and Flink both read it: a number with m or g. */
  Optional<String> size(Setting setting) {
    Optional<String> value = text(setting);
    if (value.isPresent() && !SIZE.matcher(value.get()).matches()) {
      problem(setting, "must be a size like 512m or 2g", value.get());
      return Optional.of(HARMLESS_SIZE);
    }
    return value;
  }

  String requiredSize(Setting setting) {
    return size(setting).orElse(HARMLESS_SIZE);
  }

  Path file(Setting setting, Path home) {
    Path file = path(setting, home);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      problem(setting, "must be a file that can be read", file.toString());
    }
    return file;
  }

  Optional<Path> optionalFile(Setting setting, Path home) {
    return text(setting).isEmpty() ? Optional.empty() : Optional.of(file(setting, home));
  }

  Path directory(Setting setting, Path home) {
    Path directory = path(setting, home);
    if (!Files.isDirectory(directory)) {
      problem(setting, "must be a folder", directory.toString());
    }
    return directory;
  }

  /** A folder that need not exist, but whose name must not be taken by a file. */
  Path newDirectory(Setting setting, Path home) {
    Path directory = path(setting, home);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      problem(setting, "must be a folder or not exist yet", directory.toString());
    }
    return directory;
  }

  Optional<String> httpUrl(Setting setting) {
    Optional<String> url = text(setting);
    if (url.isPresent() && !isHttpUrl(url.get())) {
      problem(setting, "must be like http://host:port", url.get());
    }
    return url.map(u -> u.endsWith("/") ? u.substring(0, u.length() - 1) : u);
  }

  Optional<String> matching(Setting setting, Pattern pattern, String demand) {
    Optional<String> value = text(setting);
    if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
      problem(setting, demand, value.get());
    }
    return value;
  }

  /** A default lies in the project; what a person types is relative to where they are. */
  private Path path(Setting setting, Path home) {
    String value = required(setting);
    Path base = value.equals(setting.fallback()) ? home : Path.of("");
    return base.resolve(value).toAbsolutePath().normalize();
  }

  private static Optional<Integer> parse(String value) {
    try {
      return Optional.of(Integer.valueOf(value));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isHttpUrl(String value) {
    try {
      URI uri = URI.create(value);
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
