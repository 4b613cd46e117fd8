package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The running stack's addresses as environment variables: what its own parts and the other commands
 * need to find each other. The file has one {@code NAME=value} a line, unquoted, and is there while
 * the stack is up; it holds no password.
 */
final class StackEnv {
  static final String API_URL = "WAYMARK_API_URL";

  private StackEnv() {}

  static Map<String, String> of(StackConfig config) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put(Setting.TIME.env(), config.time());
    env.put(Setting.KAFKA.env(), config.kafka().bootstrapServers());
    env.put(Setting.DB_URL.env(), config.database().url());
    env.put(Setting.DB_USER.env(), config.database().user());
    env.put(Setting.FLINK.env(), config.flink().url());
    env.put(API_URL, config.api().url());
    env.put(Setting.API_PORT.env(), String.valueOf(config.api().port()));
    env.put(Setting.RULES_FILE.env(), config.rulesFile().toString());
    env.put(Setting.TENANTS_FILE.env(), config.tenantsFile().toString());
    env.put(Setting.PRICES_FILE.env(), config.pricesFile().toString());
    return env;
  }

  static void write(StackConfig config) throws IOException {
    String lines =
        of(config).entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue() + "\n")
            .collect(Collectors.joining());
    Path file = config.data().stackEnv();
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, lines);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What was written; empty when no stack is up. */
  static Map<String, String> read(DataDir data) throws IOException {
    Map<String, String> env = new LinkedHashMap<>();
    if (Files.exists(data.stackEnv())) {
      for (String line : Files.readAllLines(data.stackEnv())) {
        int equals = line.indexOf('=');
        env.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return env;
  }

  static void delete(DataDir data) throws IOException {
    Files.deleteIfExists(data.stackEnv());
  }
}
