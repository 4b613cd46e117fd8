package dev.waymark.api.ingest;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that has to be done once and is tried every second until it is. */
final class Step implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Step.class);
  private static final long PAUSE_MS = 1_000;

  private final String name;
  private final Runnable action;
  private final ScheduledExecutorService threads;
  private volatile Optional<String> problem;

  Step(String name, Runnable action, ScheduledExecutorService threads) {
    this.name = name;
    this.action = action;
    this.threads = threads;
    this.problem = Optional.of(name + ": not done yet");
  }

  void start() {
    threads.execute(this);
  }

  /** Why it is not done yet; empty once it is. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  @SuppressWarnings(
      "CatchingUnchecked") // Whatever it is, an operator may put it right: say it and try again.
  public void run() {
    try {
      action.run();
      problem = Optional.empty();
      LOG.atInfo().addKeyValue("step", name).log("done");
    } catch (RuntimeException e) {
      // Whatever it is, an operator may put it right while this process waits.
      if (!threads.isShutdown()) {
        tryAgain(e);
      }
    }
  }

  private void tryAgain(RuntimeException e) {
    fail(e);
    Future<?> unused = threads.schedule(this, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  /** The same problem is said once, not every second. */
  private void fail(RuntimeException e) {
    String text = name + ": " + firstLine(e);
    if (!problem.equals(Optional.of(text))) {
      LOG.atWarn()
          .addKeyValue("step", name)
          .addKeyValue("problem", text)
          .log("not done, trying again");
      LOG.atDebug().setCause(e).log("what it is");
      problem = Optional.of(text);
    }
  }

  /** That of the innermost cause: what wraps it may name addresses with passwords in them. */
  private static String firstLine(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage())
        .lines()
        .findFirst()
        .orElse(cause.getClass().getSimpleName());
  }
}
