package dev.waymark.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service that is one child process. Says what to start and how to see that it is ready; the rest
 * is here.
 */
abstract class ProcessService implements Service {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int TAIL_LINES = 20;

  private final String name;
  private final DataDir data;
  private final Duration startTimeout;
  private volatile @Nullable ChildProcess child;

  ProcessService(String name, DataDir data, Duration startTimeout) {
    this.name = name;
    this.data = data;
    this.startTimeout = startTimeout;
  }

  /** Prepares what the process needs and says how to start it. */
  abstract Command command() throws StartFailedException, IOException, InterruptedException;

  /** Whether it can be used now; asked again and again until it can. */
  abstract boolean isReady(ChildProcess process) throws IOException, InterruptedException;

  /** Last steps once it is ready; returns what to tell a person, such as its address. */
  abstract String whenReady() throws StartFailedException, IOException, InterruptedException;

  StopSignal stopSignal() {
    return StopSignal.TERM;
  }

  DataDir data() {
    return data;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Optional<ChildProcess> process() {
    return Optional.ofNullable(child);
  }

  @Override
  public final String start() throws StartFailedException, IOException, InterruptedException {
    ChildProcess process = ChildProcess.start(name, command(), data);
    child = process;
    awaitReady(process);
    return whenReady();
  }

  @Override
  public final Optional<String> stop() throws IOException, InterruptedException {
    ChildProcess process = child;
    if (process == null) {
      return Optional.empty();
    }
    boolean wasAlive = process.isAlive();
    boolean willing = process.stop(stopSignal(), GRACE);
    child = null;
    if (!wasAlive) {
      return Optional.empty();
    }
    return Optional.of(
        willing ? "" : Text.of("killed, after not stopping in %d s", GRACE.toSeconds()));
  }

  @Override
  public final void abandon() throws IOException, InterruptedException {
    stop();
  }

  private void awaitReady(ChildProcess process)
      throws StartFailedException, IOException, InterruptedException {
    long deadline = System.nanoTime() + startTimeout.toNanos();
    while (!isReady(process)) {
      if (!process.isAlive()) {
        throw new StartFailedException(
            Text.of(
                "%s ended while starting (exit code %d)%n%s",
                name, process.exit().join(), explain(process)));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new StartFailedException(
            Text.of(
                "%s is not ready after %d s (%s)%n%s",
                name, startTimeout.toSeconds(), Setting.START_TIMEOUT.flag(), explain(process)));
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** The end of a process's log, indented, with its file. */
  static String explain(ChildProcess process) {
    try {
      return Text.of(
          "%s ends with%n%s", process.log(), process.tail(TAIL_LINES).indent(4).stripTrailing());
    } catch (IOException e) {
      return Text.of("its log cannot be read: %s", e);
    }
  }
}
