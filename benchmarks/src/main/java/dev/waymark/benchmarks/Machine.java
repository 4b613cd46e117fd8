package dev.waymark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What figures were measured on, in words. */
final class Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Machine() {}

  static String describe() {
    String cpu = after(CPUS, "model name");
    return String.format(
        Locale.ROOT,
        "%d processors%s, %s, %s %s, Java %s",
        Runtime.getRuntime().availableProcessors(),
        cpu.isEmpty() ? "" : " (" + cpu + ")",
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"));
  }

  /** The commit that is checked out, with a + where files were changed since; else "unknown". */
  static String commit(Path home) {
    try {
      String commit = git(home, "rev-parse", "--short=12", "HEAD");
      return git(home, "status", "--porcelain", "--untracked-files=no").isEmpty()
          ? commit
          : commit + "+";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static String memory() {
    String kilobytes = after(MEMORY, "MemTotal").replaceAll("\\D", "");
    return kilobytes.isEmpty()
        ? "memory unknown"
        : Math.round(Long.parseLong(kilobytes) / 1_048_576.0) + " GiB";
  }

  /** What stands behind the colon of the first line that begins so; empty without such a line. */
  private static String after(Path file, String begin) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(begin)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  private static String git(Path home, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("git says no");
    }
    return output;
  }
}
