package dev.waymark.benchmarks.reads;

import dev.waymark.benchmarks.BenchContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One export to its end: how fast it comes, and what the API's process takes for it. */
final class ExportRun {
  private static final double BYTES_PER_MIB = 1 << 20;
  private static final double KIB_PER_MIB = 1_024;
  private static final int BUFFER = 1 << 16;

  private final ApiClient api;
  private final ProcessHandle process;

  /**
   * Exports of one API.
   *
   * @param process its process
   */
  ExportRun(ApiClient api, ProcessHandle process) {
    this.api = api;
    this.process = process;
  }

  void sample(BenchContext context, String figure, String path) throws Exception {
    double before = memoryMib();
    double most = before;
    long began = System.nanoTime();
    long bytes = 0;
    long lines = 0;
    long looks = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = api.stream(path)) {
      int read;
      while ((read = in.read(buffer)) >= 0) {
        bytes += read;
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        if (++looks % 100 == 0) {
          most = Math.max(most, memoryMib());
        }
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    context.sample(figure, "rows/s", lines / seconds);
    context.sample(figure + ".speed", "MiB/s", bytes / BYTES_PER_MIB / seconds);
    context.sample(figure + ".size", "MiB", bytes / BYTES_PER_MIB);
    context.sample(figure + ".memory", "MiB more", Math.max(0, most - before));
  }

  private double memoryMib() throws IOException {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / KIB_PER_MIB;
    }
  }
}
