package dev.waymark.client.send;

import dev.waymark.client.ControlRecords;
import dev.waymark.client.EventPublisher;
import dev.waymark.schemas.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes a merged stream to Kafka, line by line, with what belongs between the lines. */
final class Sender {
  private final EventPublisher publisher;
  private final Pace pace;
  private final LogTime logTime;
  private final @Nullable RunEnds runEnds;
  private final SendReport report;
  private final Failures failures;
  private final Runnable tick;

  /**
   * @param runEnds null: runs are not ended
   * @param tick called after every line, and about once a second while waiting
   */
  Sender(
      EventPublisher publisher,
      Pace pace,
      LogTime logTime,
      @Nullable RunEnds runEnds,
      SendReport report,
      Failures failures,
      Runnable tick) {
    this.publisher = publisher;
    this.pace = pace;
    this.logTime = logTime;
    this.runEnds = runEnds;
    this.report = report;
    this.failures = failures;
    this.tick = tick;
  }

  /** Sends all lines, or as many as Kafka takes. */
  void send(Merge lines) throws IOException, InterruptedException {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      pace.await(line.placeMicros(), this::whileWaiting);
      publish(line.runKey(), line.bytes());
      report.published(line);
      endRun(line);
      logTime.reach(line.placeMicros());
      tick.run();
      if (failures.areHopeless()) {
        return;
      }
    }
    logTime.end();
  }

  private void whileWaiting() {
    logTime.beat();
    tick.run();
  }

  private void endRun(Line line) throws IOException {
    if (runEnds != null && line.decoded() instanceof Event event) {
      OptionalLong end = runEnds.sent(line);
      if (end.isPresent()) {
        publish(
            line.runKey(),
            ControlRecords.finalizeRun(event.tenant(), event.runId(), end.getAsLong()));
        report.finalized();
      }
    }
  }

  private void publish(@Nullable String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Void> unused =
        publisher
            .publish(keyBytes, value)
            .whenComplete((done, failure) -> failures.settled(failure));
  }
}
