package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process across the death of whoever started it. Two lines: pid, birth. What does not
 * read so is treated as absent: nothing is ever stopped on a doubt.
 */
record PidFile(Path file) {
  private static final int LINES = 2;

  /** Replaces what is there in one step. */
  void write(ProcessIdentity process) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, process.pid() + "\n" + process.birth() + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The process, if it is the one that was written down and still runs. */
  Optional<ProcessIdentity> living() throws IOException {
    Optional<ProcessIdentity> written = read();
    return written.isPresent() && written.get().isAlive() ? written : Optional.empty();
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private Optional<ProcessIdentity> read() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() != LINES || !lines.get(0).matches("[1-9]\\d{0,9}")) {
      return Optional.empty();
    }
    return Optional.of(new ProcessIdentity(Long.parseLong(lines.get(0)), lines.get(1)));
  }
}
