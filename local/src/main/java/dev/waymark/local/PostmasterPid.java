package dev.waymark.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's own lock, {@code postmaster.pid} in the folder of its files. It holds a pid and no
 * birth, so after a restart of the machine it may name a process that has nothing to do with
 * PostgreSQL, which then refuses to start. All PostgreSQL processes work in the folder of their
 * files, which tells them from others.
 */
record PostmasterPid(Path databaseFiles) {
  private static final String NAME = "postmaster.pid";

  /** The server that runs on these files. */
  Optional<ProcessIdentity> living() throws IOException {
    Optional<Long> pid = pid();
    if (pid.isEmpty() || !worksHere(pid.get())) {
      return Optional.empty();
    }
    return ProcessIdentity.of(pid.get());
  }

  /**
   * Removes the lock if it names a living process that is not PostgreSQL. In any other case it
   * stays: PostgreSQL itself sees that a pid is dead, and it needs the file to find out whether
   * processes of a killed server are still at work.
   */
  void deleteIfMisleading() throws IOException {
    Optional<Long> pid = pid();
    if (pid.isEmpty() || ProcessIdentity.of(pid.get()).isEmpty() || someoneWorksHere()) {
      return;
    }
    Files.delete(databaseFiles.resolve(NAME));
  }

  private Optional<Long> pid() throws IOException {
    try {
      List<String> lines = Files.readAllLines(databaseFiles.resolve(NAME));
      return lines.isEmpty() || !lines.get(0).matches("\\d{1,10}")
          ? Optional.empty()
          : Optional.of(Long.valueOf(lines.get(0)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether any of PostgreSQL's processes is left. */
  boolean someoneWorksHere() throws IOException {
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (worksHere(process.pid())) {
        return true;
      }
    }
    return false;
  }

  private boolean worksHere(long pid) throws IOException {
    Path workingDirectory = Path.of("/proc", Long.toString(pid), "cwd");
    try {
      return Files.isSameFile(workingDirectory, databaseFiles);
    } catch (NoSuchFileException | AccessDeniedException e) {
      // Gone meanwhile, or another user's: then it is not ours.
      return false;
    }
  }
}
