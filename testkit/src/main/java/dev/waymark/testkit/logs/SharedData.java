package dev.waymark.testkit.logs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the public data sets lie, if they are there: under the system property {@value #PROPERTY},
 * else the environment variable {@value #VARIABLE}, else in the nearest {@code shared/data} of the
 * working directory or a directory above it.
 */
public final class SharedData {
  /** System property with the folder's path. */
  public static final String PROPERTY = "waymark.shared.data";

  /** Environment variable with the folder's path. */
  public static final String VARIABLE = "WAYMARK_SHARED_DATA";

  /** What a test that is skipped for want of the data says. */
  public static final String MISSING =
      "no shared/data here or above; set " + VARIABLE + " to run this test";

  private SharedData() {}

  /** The folder; empty where there is none. A path that is set but no folder is an error. */
  public static Optional<Path> find() {
    String configured = configured();
    if (configured == null) {
      return above(Path.of("").toAbsolutePath());
    }
    Path folder = Path.of(configured);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(VARIABLE + ": must be a folder, was " + folder);
    }
    return Optional.of(folder);
  }

  private static @Nullable String configured() {
    String property = System.getProperty(PROPERTY);
    return property != null ? property : System.getenv(VARIABLE);
  }

  private static Optional<Path> above(@Nullable Path start) {
    for (Path at = start; at != null; at = at.getParent()) {
      Path folder = at.resolve("shared").resolve("data");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
