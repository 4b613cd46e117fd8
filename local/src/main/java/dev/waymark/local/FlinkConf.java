package dev.waymark.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Flink's configuration as a flat map from {@code a.b.c} to text, read from a {@code config.yaml}
 * that may nest. Local addresses and folders are laid over what the operator wrote, in a copy.
 */
final class FlinkConf {
  private static final String FILE = "config.yaml";
  private static final String REPORTERS = "metrics.reporter";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Map<String, String> entries;

  private FlinkConf(Map<String, String> entries) {
    this.entries = new TreeMap<>(entries);
  }

  static FlinkConf read(Path confDir) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    Map<?, ?> tree = YAML.readValue(confDir.resolve(FILE).toFile(), Map.class);
    flatten("", tree, entries);
    return new FlinkConf(entries);
  }

  /** The same with other values for some keys. */
  FlinkConf with(Map<String, String> overrides) {
    Map<String, String> merged = new TreeMap<>(entries);
    merged.putAll(overrides);
    return new FlinkConf(merged);
  }

  FlinkConf withoutMetricsReporters() {
    Map<String, String> rest = new TreeMap<>(entries);
    rest.keySet().removeIf(key -> key.startsWith(REPORTERS));
    return new FlinkConf(rest);
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Writes it as a {@code config.yaml} and copies the logging files beside it. */
  void writeTo(Path target, Path confDir) throws IOException {
    Files.createDirectories(target);
    YAML.writeValue(target.resolve(FILE).toFile(), entries);
    for (Path file : Folders.children(confDir)) {
      String name = file.getFileName().toString();
      if (name.startsWith("log4j")) {
        Files.writeString(target.resolve(name), Files.readString(file));
      }
    }
  }

  private static void flatten(String prefix, Map<?, ?> tree, Map<String, String> into) {
    tree.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> nested) {
            flatten(prefix + key + ".", nested, into);
          } else {
            into.put(prefix + key, text(value));
          }
        });
  }

  /** Lists keep their YAML form, which Flink reads; other values are their own text. */
  private static String text(Object value) {
    try {
      return value instanceof Iterable ? YAML.writeValueAsString(value) : String.valueOf(value);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
