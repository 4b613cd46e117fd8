package dev.waymark.client.send;

import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.UndecodableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One file of events, line by line. Blank lines are skipped. Counts what a sender must tell: lines
 * that go back in time, and lines too long for the topic.
 */
final class EventFile implements AutoCloseable {
  /** An event further ahead is taken for a wrong clock, here as in the jobs. */
  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  private final Path path;
  private final LineReader reader;
  private final long latestBelievableMicros;
  private long placeMicros = Long.MIN_VALUE;
  private long outOfOrder;
  private long tooLong;

  private EventFile(Path path, LineReader reader, long latestBelievableMicros) {
    this.path = path;
    this.reader = reader;
    this.latestBelievableMicros = latestBelievableMicros;
  }

  static EventFile open(Path path, int maxLineBytes, Clock clock) throws IOException {
    return new EventFile(
        path,
        new LineReader(Files.newInputStream(path), maxLineBytes),
        Times.micros(Instant.now(clock).plus(MAX_AHEAD)));
  }

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    LineReader.Read read = reader.next();
    while (!read.isEnd()) {
      byte[] bytes = read.line();
      if (bytes == null) {
        tooLong++;
      } else if (!isBlank(bytes)) {
        return line(bytes);
      }
      read = reader.next();
    }
    return null;
  }

  Path path() {
    return path;
  }

  /** Lines whose time lies before that of a line above. */
  long outOfOrder() {
    return outOfOrder;
  }

  /** Lines left out because no record can hold them. */
  long tooLong() {
    return tooLong;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private Line line(byte[] bytes) {
    try {
      Decoded decoded = CODEC.decode(bytes);
      return new Line(bytes, decoded, null, place(decoded.timeMicros()));
    } catch (UndecodableException e) {
      return new Line(bytes, null, e.reason(), placeMicros);
    }
  }

  /**
   * A time from the far future must not hold back the lines behind it, nor pull the rest of the
   * stream along, so such a line stays where it stands.
   */
  private long place(long timeMicros) {
    if (timeMicros > latestBelievableMicros) {
      return placeMicros;
    }
    if (timeMicros < placeMicros) {
      outOfOrder++;
      return timeMicros;
    }
    placeMicros = timeMicros;
    return timeMicros;
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
