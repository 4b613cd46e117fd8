package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that are no class-path resources, and data that lies beside it. */
public final class Repository {
  /** Where the shared data is, when it is not beside the checkout. */
  private static final String DATA_VARIABLE = "WAYMARK_SHARED_DATA";

  private Repository() {}

  /** A file that every checkout has. */
  public static Path file(String relative) {
    Path file = Path.of("..").resolve(relative).normalize();
    assertThat(file).exists();
    return file;
  }

  /** A file of the shared data; the test is skipped where there is none. */
  public static Path sharedData(String relative) {
    String given = System.getenv(DATA_VARIABLE);
    Path data = given == null ? Path.of("..", "..", "shared", "data").normalize() : Path.of(given);
    Path file = data.resolve(relative);
    assumeTrue(
        Files.exists(file), () -> file.toAbsolutePath() + " is not here; set " + DATA_VARIABLE);
    return file;
  }
}
