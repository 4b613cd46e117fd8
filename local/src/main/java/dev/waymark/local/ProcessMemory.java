package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Resident memory of a process and its descendants, from Linux's {@code smaps_rollup}; elsewhere
 * unknown.
 */
final class ProcessMemory {
  private static final String PROPORTIONAL = "Pss:";
  private static final long BYTES_PER_KIB = 1024;

  private ProcessMemory() {}

  /**
   * In bytes. What processes share, as PostgreSQL's do, counts once. Empty when it cannot be read.
   */
  static OptionalLong bytes(long pid) {
    Optional<ProcessHandle> root = ProcessHandle.of(pid);
    if (root.isEmpty()) {
      return OptionalLong.empty();
    }
    long sum =
        Stream.concat(root.stream(), root.get().descendants())
            .mapToLong(process -> kibibytes(process.pid()))
            .sum();
    return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum * BYTES_PER_KIB);
  }

  private static long kibibytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith(PROPORTIONAL))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      // Gone meanwhile, or no Linux: it adds nothing.
      return 0;
    }
  }
}
