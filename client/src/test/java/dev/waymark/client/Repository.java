package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waymark.testkit.logs.SharedData;
import java.nio.file.Path;
import java.util.Optional;

/** Files of the repository that are no class-path resources, and data that lies beside it. */
public final class Repository {
  private Repository() {}

  /** A file that every checkout has. */
  public static Path file(String relative) {
    Path file = Path.of("..").resolve(relative).normalize();
    assertThat(file).exists();
    return file;
  }

  /** A file of the shared data; the test is skipped where there is none. */
  public static Path sharedData(String relative) {
    Optional<Path> data = SharedData.find();
    assumeTrue(data.isPresent(), SharedData.MISSING);
    return data.orElseThrow().resolve(relative);
  }
}
