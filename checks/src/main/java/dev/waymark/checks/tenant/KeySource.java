package dev.waymark.checks.tenant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where secrets lie that the file of tenants only names. */
public interface KeySource {
  /** The value of an environment variable; empty where it is not set. */
  Optional<String> variable(String name);

  /** The text of a file; empty where it cannot be read. */
  Optional<String> file(String path);

  /** This process's environment and files. */
  static KeySource of(Map<String, String> environment) {
    return new KeySource() {
      @Override
      public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
      }

      @Override
      public Optional<String> file(String path) {
        try {
          return Optional.of(Files.readString(Path.of(path)));
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    };
  }
}
