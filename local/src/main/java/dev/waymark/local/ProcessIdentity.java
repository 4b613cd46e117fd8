package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number: its pid and its birth.
 * The birth is the boot's id and the start time in clock ticks since then, which no change of the
 * wall clock moves; where there is no {@code /proc}, the start time as the JVM reports it.
 */
record ProcessIdentity(long pid, String birth) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** In {@code /proc/PID/stat}, counted after the command's closing parenthesis. */
  private static final int START_TIME_FIELD = 19;

  private static final int STATE_FIELD = 0;

  /** The process with this pid now; empty when there is none, or only its unreaped rest. */
  static Optional<ProcessIdentity> of(long pid) throws IOException {
    if (Files.isReadable(BOOT_ID)) {
      return fromProc(pid);
    }
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .map(Instant::toString)
        .map(birth -> new ProcessIdentity(pid, birth));
  }

  /** Whether this very process still runs. */
  boolean isAlive() throws IOException {
    return of(pid).filter(this::equals).isPresent();
  }

  private static Optional<ProcessIdentity> fromProc(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    String line;
    try {
      line = Files.readString(stat);
    } catch (IOException e) {
      if (Files.exists(stat)) {
        throw e;
      }
      return Optional.empty();
    }
    // The command may hold spaces and parentheses, so count from behind it.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    if (fields[STATE_FIELD].equals("Z")) {
      return Optional.empty();
    }
    String birth = Files.readString(BOOT_ID).strip() + ":" + fields[START_TIME_FIELD];
    return Optional.of(new ProcessIdentity(pid, birth));
  }
}
