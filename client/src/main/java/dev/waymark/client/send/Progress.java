package dev.waymark.client.send;

import dev.waymark.client.EventPublisher;
import dev.waymark.client.PublisherStats;
import dev.waymark.client.cli.Console;
import dev.waymark.client.cli.TimeMode;
import dev.waymark.schemas.event.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells about a running {@code send}: a line a second, and what came of it. */
final class Progress {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration SURELY_LATE = Duration.ofMinutes(1);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MIB = 1 << 20;

  private final Console console;
  private final SendReport report;
  private final EventPublisher publisher;
  private final LogTime logTime;
  private final TimeMode mode;
  private final Clock clock;
  private final long startNanos = System.nanoTime();
  private long saidNanos = startNanos;
  private boolean warnedOfLateness;

  Progress(
      Console console,
      SendReport report,
      EventPublisher publisher,
      LogTime logTime,
      TimeMode mode,
      Clock clock) {
    this.console = console;
    this.report = report;
    this.publisher = publisher;
    this.logTime = logTime;
    this.mode = mode;
    this.clock = clock;
  }

  /** Called often; speaks seldom. */
  void tick() {
    if (!warnedOfLateness) {
      warnOfLateness();
    }
    long now = System.nanoTime();
    if (now - saidNanos >= EVERY_NANOS) {
      saidNanos = now;
      console.note(line(now));
    }
  }

  /** The last word: what was sent, and everything that was not as it should be. */
  void end(List<EventFile> files, Failures failures) {
    for (EventFile file : files) {
      if (file.outOfOrder() > 0) {
        console.warn(
            file.path()
                + ": not sorted by t, "
                + count(file.outOfOrder(), "line")
                + " went back in time; sent as they came, they may count as late");
      }
      if (file.tooLong() > 0) {
        console.error(
            file.path() + ": " + count(file.tooLong(), "line") + " too long for any record");
      }
    }
    report
        .noEvents()
        .forEach(
            (reason, lines) ->
                console.warn(
                    "no event ("
                        + reason.code()
                        + "): "
                        + count(lines, "line")
                        + "; look among the dead letters"));
    if (failures.count() > 0) {
      console.error(count(failures.count(), "record") + " not acknowledged:");
      failures.messages().forEach(message -> console.error("  " + message));
    }
    console.result(summary());
  }

  static String count(long n, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
  }

  private String line(long nowNanos) {
    PublisherStats stats = publisher.stats();
    return String.format(
        Locale.ROOT,
        "%s, %,.0f/s, %,d acknowledged%s",
        count(report.events(), "event"),
        report.events() / seconds(nowNanos),
        stats.acknowledged(),
        logTime.isKnown() ? ", log time " + Times.format(logTime.reachedMicros()) : "");
  }

  private String summary() {
    double seconds = seconds(System.nanoTime());
    StringBuilder text = new StringBuilder();
    text.append("sent ").append(count(report.events(), "event"));
    if (report.lines() > report.events()) {
      text.append(" and ").append(count(report.lines() - report.events(), "other line"));
    }
    text.append(
        String.format(
            Locale.ROOT,
            " (%,.1f MiB) in %.1f s, %,.0f events/s",
            report.bytes() / BYTES_PER_MIB,
            seconds,
            report.events() / seconds));
    if (report.finalizedRuns() > 0) {
      text.append(", ended ").append(count(report.finalizedRuns(), "run"));
    }
    if (logTime.heartbeats() > 0) {
      text.append(", ").append(count(logTime.heartbeats(), "heartbeat"));
    }
    if (logTime.isKnown()) {
      text.append(", up to ").append(Times.format(logTime.reachedMicros()));
    }
    return text.toString();
  }

  private void warnOfLateness() {
    if (mode == TimeMode.LIVE && logTime.isKnown()) {
      warnedOfLateness = true;
      Instant first = Times.instant(logTime.reachedMicros());
      if (first.isBefore(Instant.now(clock).minus(SURELY_LATE))) {
        console.warn(
            "the events begin at "
                + first
                + ", but a stack in live mode judges the present: they count as late. To judge"
                + " them, use ./waymark up --time log and send --time log");
      }
    }
  }

  private double seconds(long nowNanos) {
    return Math.max(1, nowNanos - startNanos) / NANOS_PER_SECOND;
  }
}
