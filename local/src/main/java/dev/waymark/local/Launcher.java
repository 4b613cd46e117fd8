package dev.waymark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of {@code up}, from the first look at the ports to the last process stopped. Exit codes:
 * 0 stopped as asked, 1 something could not be started or kept alive.
 */
final class Launcher {
  static final String NAME = "launcher";
  static final int OK = 0;
  static final int FAILED = 1;
  private static final int KILLED = 130;

  private final StackConfig config;
  private final List<Service> services;
  private final Progress progress;

  Launcher(StackConfig config, List<Service> services, Progress progress) {
    this.config = config;
    this.services = services;
    this.progress = progress;
  }

  /** Runs until a signal ends it or something fails for good. */
  int run() throws IOException, InterruptedException {
    DataDir data = config.data();
    Optional<LauncherLock> lock = LauncherLock.take(data);
    if (lock.isEmpty()) {
      progress.error(
          Text.of(
              "a stack runs already on %s; see ./waymark status, or take another %s",
              data.root(), Setting.DATA_DIR.flag()));
      return FAILED;
    }
    try {
      return runLocked();
    } finally {
      lock.get().close();
    }
  }

  private int runLocked() throws IOException, InterruptedException {
    rotateLogs(config.data());
    new Orphans(config.data()).stop(progress);
    List<String> busy = Ports.busy(config.ports());
    busy.forEach(progress::error);
    return busy.isEmpty() ? runAlone() : FAILED;
  }

  private int runAlone() throws IOException, InterruptedException {
    PidFile pidFile = new PidFile(config.data().pidFile(NAME));
    long self = ProcessHandle.current().pid();
    pidFile.write(ProcessIdentity.of(self).orElseThrow());
    Stack stack = new Stack(services, progress, new RestartPolicy(Clock.systemUTC()));
    stopOnSignal(stack);
    int exitCode = startAndSupervise(stack);
    stack.stop();
    StackEnv.delete(config.data());
    pidFile.delete();
    progress.say("Stopped. Data is kept in " + config.data().root());
    return exitCode;
  }

  private int startAndSupervise(Stack stack) {
    long begun = System.nanoTime();
    try {
      Optional<String> newKey = new StackSecrets(config.data(), System.getenv()).make();
      stack.start();
      StackEnv.write(config);
      progress.say(Announcement.of(config, System.nanoTime() - begun, newKey));
      stack.supervise();
      return OK;
    } catch (InterruptedException e) {
      progress.say("Stopping. Once more Ctrl-C kills at once.");
      return OK;
    } catch (StartFailedException | IOException e) {
      progress.error(String.valueOf(e.getMessage()));
      return FAILED;
    }
  }

  private void stopOnSignal(Stack stack) {
    Thread main = Thread.currentThread();
    AtomicBoolean asked = new AtomicBoolean();
    Signals.onEach(
        () -> {
          if (asked.compareAndSet(false, true)) {
            main.interrupt();
          } else {
            stack.kill();
            progress.error("killed; the next start goes on from the last checkpoints");
            Runtime.getRuntime().halt(KILLED);
          }
        });
  }

  /** Puts the last run's logs aside, so that a log is about one run and does not grow for ever. */
  private static void rotateLogs(DataDir data) throws IOException {
    for (Path log : Folders.children(data.log(NAME).resolveSibling("."))) {
      String name = log.getFileName().toString();
      if (name.endsWith(".log")) {
        Files.move(log, log.resolveSibling(name + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
