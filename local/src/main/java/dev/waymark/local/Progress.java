package dev.waymark.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what goes on: a line for everything that is done, with its seconds, and on a
 * terminal a last line that moves while something is being waited for. The lines also go to the
 * launcher's log. Thread safe.
 */
final class Progress implements AutoCloseable {
  private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final long FRAME_MS = 120;
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintStream out;
  private final boolean terminal;
  private final Path log;
  private final Map<String, Long> running = new LinkedHashMap<>();
  private @Nullable ScheduledExecutorService painter;
  private int frame;

  /**
   * @param terminal whether the output may move and have colours
   * @param log gets the same lines; created when missing
   */
  Progress(PrintStream out, boolean terminal, Path log) {
    this.out = out;
    this.terminal = terminal;
    this.log = log;
  }

  /** Something takes time from now on. */
  synchronized void begin(String what) {
    running.put(what, System.nanoTime());
    if (terminal && painter == null) {
      painter =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "progress");
                thread.setDaemon(true);
                return thread;
              });
      var unused =
          painter.scheduleAtFixedRate(this::paint, FRAME_MS, FRAME_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** It is done. */
  synchronized void done(String what, String detail) {
    Long begun = running.remove(what);
    double seconds = begun == null ? 0 : (System.nanoTime() - begun) / NANOS_PER_SECOND;
    line("✓", GREEN, Text.of("%-14s %5.1f s  %s", what, seconds, detail).stripTrailing());
  }

  /** It came to nothing; why is said elsewhere. */
  synchronized void failed(String what) {
    if (running.remove(what) != null) {
      line("✗", RED, what);
    }
  }

  /** It is not waited for any more; nothing to say. */
  synchronized void forget(String what) {
    running.remove(what);
  }

  synchronized void say(String text) {
    print(text, text);
  }

  synchronized void warn(String text) {
    line("!", YELLOW, text);
  }

  synchronized void error(String text) {
    line("✗", RED, text);
  }

  @Override
  public synchronized void close() {
    if (painter != null) {
      painter.shutdownNow();
      painter = null;
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  private void line(String mark, String colour, String text) {
    print(mark + " " + text, colour + mark + PLAIN + " " + text);
  }

  private void print(String plain, String coloured) {
    out.print(terminal ? CLEAR_LINE + coloured + "\n" : plain + "\n");
    out.flush();
    try {
      Files.writeString(log, plain + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      out.print("(" + log + ": " + e.getMessage() + ")\n");
    }
  }

  private synchronized void paint() {
    if (running.isEmpty()) {
      return;
    }
    frame = (frame + 1) % FRAMES.length();
    String waiting =
        running.entrySet().stream()
            .map(
                e ->
                    Text.of(
                        "%s %d s",
                        e.getKey(),
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - e.getValue())))
            .collect(Collectors.joining(", "));
    out.print(CLEAR_LINE + FRAMES.charAt(frame) + " " + waiting);
    out.flush();
  }
}
