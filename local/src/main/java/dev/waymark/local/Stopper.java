package dev.waymark.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Stops a stack whose launcher runs elsewhere, and shows what that launcher says meanwhile. */
final class Stopper {
  private static final Duration POLL = Duration.ofMillis(200);

  private final DataDir data;
  private final PrintStream out;
  private final Function<DataDir, Progress> progress;

  Stopper(DataDir data, PrintStream out, Function<DataDir, Progress> progress) {
    this.data = data;
    this.out = out;
    this.progress = progress;
  }

  /** Returns the exit code: 0, also when there was nothing to stop. */
  int stop() throws IOException, InterruptedException {
    Optional<ProcessIdentity> launcher = new PidFile(data.pidFile(Launcher.NAME)).living();
    if (launcher.isPresent()) {
      stop(launcher.get());
    } else {
      stopOrphans();
    }
    return Launcher.OK;
  }

  private void stop(ProcessIdentity launcher) throws IOException, InterruptedException {
    Path log = data.log(Launcher.NAME);
    long shown = Files.size(log);
    StopSignal.TERM.send(launcher);
    while (!StopSignal.awaitEnd(launcher, POLL)) {
      shown = show(log, shown);
    }
    show(log, shown);
  }

  private void stopOrphans() throws IOException, InterruptedException {
    if (!Files.isDirectory(data.pidFiles())) {
      out.println("Nothing runs on " + data.root());
      return;
    }
    try (Progress steps = progress.apply(data)) {
      if (new Orphans(data).stop(steps).isEmpty()) {
        steps.say("Nothing runs on " + data.root());
      }
    }
    StackEnv.delete(data);
  }

  /** Prints the log from an offset on; returns its end. */
  private long show(Path log, long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] news = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(news);
      out.print(new String(news, StandardCharsets.UTF_8));
      out.flush();
      return from + news.length;
    }
  }
}
