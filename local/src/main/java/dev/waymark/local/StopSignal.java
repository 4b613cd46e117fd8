package dev.waymark.local;

import java.io.IOException;
import java.time.Duration;

/** How a process is asked to end; the name is the POSIX signal's. */
enum StopSignal {
  /** What most programs take as: finish and go. */
  TERM,
  /** PostgreSQL's fast shutdown: it would wait for its clients on TERM. */
  INT;

  private static final Duration POLL = Duration.ofMillis(50);

  /** A killed process goes when the kernel gets to it: on a busy machine not at once. */
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);

  /**
   * Sends the signal, waits, and kills what is still there after the grace period.
   *
   * @return whether it ended by itself
   * @throws IOException when even the kill does not end it, as with a process that a disk holds
   */
  boolean stop(ProcessIdentity process, Duration grace) throws IOException, InterruptedException {
    send(process);
    if (awaitEnd(process, grace)) {
      return true;
    }
    kill(process);
    if (!awaitEnd(process, KILL_PATIENCE)) {
      throw new IOException("process " + process.pid() + " is still there after it was killed");
    }
    return false;
  }

  /** Ends it at once; it has no say. */
  static void kill(ProcessIdentity process) throws IOException {
    if (process.isAlive()) {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Sends the signal and returns; does nothing when the process is gone. */
  void send(ProcessIdentity process) throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Waits until the process is gone, or returns false when the time is up. */
  static boolean awaitEnd(ProcessIdentity process, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }
}
