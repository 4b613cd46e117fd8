package dev.waymark.local.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.testkit.logs.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The recorded runs of {@code shared/data/agent-runs}: fourteen streams of events, and what is
 * known of their runs.
 */
record AgentRuns(Path folder) {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String SUFFIX = ".jsonl";

  /** Skips the test where the data is not there. */
  static AgentRuns findOrSkip() {
    Optional<Path> data = SharedData.find();
    assumeTrue(data.isPresent(), SharedData.MISSING);
    return new AgentRuns(data.get().resolve("agent-runs"));
  }

  /** The streams' files, by name. */
  List<Path> streams() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> name(file).matches("[^.]+\\.jsonl")).sorted().toList();
    }
  }

  /** Those whose names begin so. */
  List<Path> streams(String prefix) throws IOException {
    return streams().stream().filter(file -> name(file).startsWith(prefix)).toList();
  }

  /** Ground truth of a stream's runs. */
  List<JsonNode> labels(Path stream) throws IOException {
    return lines(stream.resolveSibling(name(stream).replace(SUFFIX, ".labels" + SUFFIX)));
  }

  static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }
}
