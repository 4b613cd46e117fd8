package dev.waymark.benchmarks.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The rule set of the engine benchmark, {@code rules.yaml} beside this class. */
final class BenchRules {
  private static final String NAME = "rules.yaml";

  private BenchRules() {}

  /** As a file, for another process; gone with this one. */
  static Path file() throws IOException {
    Path file = Files.createTempFile("waymark-bench", NAME);
    file.toFile().deleteOnExit();
    try (InputStream in =
        Objects.requireNonNull(BenchRules.class.getResourceAsStream(NAME), NAME)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
