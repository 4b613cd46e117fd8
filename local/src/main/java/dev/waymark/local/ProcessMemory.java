package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Resident memory of processes, from Linux's {@code smaps_rollup}; elsewhere unknown. */
final class ProcessMemory {
  private static final String PROPORTIONAL = "Pss:";
  private static final long BYTES_PER_KIB = 1024;

  private ProcessMemory() {}

  /** In bytes; empty when it cannot be read. */
  static OptionalLong own(long pid) {
    return sum(ProcessHandle.of(pid).stream());
  }

  /**
   * In bytes. What processes share, as PostgreSQL's do, counts once. Empty when it cannot be read.
   */
  static OptionalLong withDescendants(long pid) {
    return sum(
        ProcessHandle.of(pid).stream()
            .flatMap(root -> Stream.concat(Stream.of(root), root.descendants())));
  }

  private static OptionalLong sum(Stream<ProcessHandle> processes) {
    long kibibytes = processes.mapToLong(process -> kibibytes(process.pid())).sum();
    return kibibytes == 0 ? OptionalLong.empty() : OptionalLong.of(kibibytes * BYTES_PER_KIB);
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
