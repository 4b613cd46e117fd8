package dev.waymark.api.config;

import dev.waymark.checks.CheckedMark;
import dev.waymark.checks.tenant.InvalidTenantsException;
import dev.waymark.checks.tenant.KeySource;
import dev.waymark.checks.tenant.Tenants;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values from the environment and collects what is wrong with them. A value that is wrong is
 * replaced by a harmless one, so that reading goes on and the list gets complete; {@link #finish}
 * then refuses.
 */
final class ConfigReader {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("[^\\s,:/]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}");

  private static final String FILE_SUFFIX = "_FILE";

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  ConfigReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Throws if anything read so far was wrong. */
  void finish() {
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }

  String text(ConfigKey key) {
    return environment.getOrDefault(key.variable(), key.defaultValue()).strip();
  }

  /** Text whose spaces count, such as a password. */
  String verbatim(ConfigKey key) {
    return environment.getOrDefault(key.variable(), key.defaultValue());
  }

  /** A file that can be read; empty where none is named. */
  String optionalFile(ConfigKey key) {
    String value = text(key);
    if (!value.isEmpty() && !Files.isReadable(Path.of(value))) {
      report(key, "must be a readable file", value);
    }
    return value;
  }

  /** A secret, from the variable or from the file that its twin with _FILE names; empty: none. */
  String secret(ConfigKey key) {
    String value = verbatim(key);
    String file = environment.getOrDefault(key.variable() + FILE_SUFFIX, "").strip();
    if (file.isEmpty()) {
      return value;
    }
    if (!value.isEmpty()) {
      problems.add(key.variable() + ": must not be given twice, as " + FILE_SUFFIX + " too");
    }
    try {
      return Files.readString(Path.of(file)).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      problems.add(key.variable() + FILE_SUFFIX + ": must be a readable file, was " + file);
      return "";
    }
  }

  /** Without it the process must not start. */
  void requireSecret(ConfigKey key) {
    boolean isGiven =
        !verbatim(key).isEmpty() || environment.containsKey(key.variable() + FILE_SUFFIX);
    if (!isGiven) {
      problems.add(
          key.variable() + ": must be set in production, or " + key.variable() + FILE_SUFFIX);
    }
  }

  /** A secret of so many characters at least; null where there is none. */
  @Nullable String optionalSecret(ConfigKey key, int minLength) {
    String value = secret(key);
    if (!value.isEmpty() && value.length() < minLength) {
      problems.add(key.variable() + ": must have at least " + minLength + " characters");
    }
    return value.isEmpty() ? null : value;
  }

  /** Bytes in base64; null where there are none. */
  byte @Nullable [] key(ConfigKey key, int bytes) {
    String value = secret(key).strip();
    if (value.isEmpty()) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(value);
      if (decoded.length == bytes) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // Said below, in the same words as a key of another length.
    }
    problems.add(key.variable() + ": must be " + bytes + " bytes in base64");
    return null;
  }

  String required(ConfigKey key) {
    String value = text(key);
    if (value.isEmpty()) {
      report(key, "must not be empty", value);
    }
    return value;
  }

  int integer(ConfigKey key, int min, int max) {
    String value = text(key);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of range.
    }
    report(key, "must be a whole number from " + min + " to " + max, value);
    return min;
  }

  <E extends Enum<E>> E oneOf(ConfigKey key, E[] values) {
    String value = text(key);
    for (E candidate : values) {
      if (candidate.name().toLowerCase(Locale.ROOT).equals(value)) {
        return candidate;
      }
    }
    List<String> names =
        Arrays.stream(values).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    report(key, "must be one of " + String.join(", ", names), value);
    return values[0];
  }

  String hostsAndPorts(ConfigKey key) {
    String value = text(key);
    for (String server : value.split(",", -1)) {
      if (!HOST_AND_PORT.matcher(server.strip()).matches()) {
        report(key, "must be a list host:port,host:port", value);
        return value;
      }
    }
    return value;
  }

  /** A JDBC URL may hold a password: only its beginning is ever shown. */
  String startingWith(ConfigKey key, String prefix) {
    String value = text(key);
    if (!value.startsWith(prefix)) {
      report(key, "must start with " + prefix, value.replaceFirst(":.*", ":…"));
    }
    return value;
  }

  URI httpAddress(ConfigKey key) {
    String value = text(key);
    try {
      URI address = new URI(value);
      if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Said below, in the same words as an address of another kind.
    }
    report(key, "must be an http or https address", value);
    return URI.create("http://127.0.0.1");
  }

  /** An address as text; empty where none is given. */
  String optionalHttpAddress(ConfigKey key) {
    return text(key).isEmpty() ? "" : httpAddress(key).toString();
  }

  /**
   * The rules of a file; none where no file is named. A problem of the file is one of the
   * configuration.
   */
  List<Rule> rules(ConfigKey key) {
    String value = text(key);
    if (value.isEmpty()) {
      return List.of();
    }
    try {
      return RuleParser.parse(Files.readString(Path.of(value)));
    } catch (InvalidRulesException e) {
      e.problems().forEach(problem -> problems.add(key.variable() + ": " + value + ": " + problem));
    } catch (IOException | InvalidPathException e) {
      report(key, "must be a readable file of UTF-8 text", value);
    }
    return List.of();
  }

  /**
   * The file of tenants; a harmless one where none is named. A problem of the file is one of the
   * configuration.
   */
  TenantsFile tenants(ConfigKey key) {
    TenantsFile file = new TenantsFile(text(key), KeySource.of(environment));
    try {
      Tenants unused = file.read();
    } catch (InvalidTenantsException e) {
      e.problems()
          .forEach(problem -> problems.add(key.variable() + ": " + file.path() + ": " + problem));
    } catch (IOException | InvalidPathException e) {
      report(key, "must be a readable file of UTF-8 text", file.path());
    }
    return file;
  }

  /** The mark that is made with a secret, which no problem shows; empty where there is none. */
  Optional<CheckedMark> mark(ConfigKey key) {
    String secret = verbatim(key);
    try {
      return secret.isEmpty() ? Optional.empty() : Optional.of(new CheckedMark(secret));
    } catch (IllegalArgumentException e) {
      problems.add(key.variable() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void report(ConfigKey key, String demand, String value) {
    problems.add(key.variable() + ": " + demand + ", was \"" + value + "\"");
  }
}
