package dev.waymark.jobs.check;

import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Heartbeat;
import dev.waymark.schemas.event.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of finished files, sorted whole, so that nothing is late. Held in memory.
 *
 * @param records in the order of time
 * @param badLines lines that are no event, each with file, number and reason
 */
record FinishedLog(List<Incoming> records, List<String> badLines) {

  /**
   * Reads files of one event a line; with {@code finalizeRuns} every run ends after its last event.
   */
  static FinishedLog read(List<Path> files, boolean finalizeRuns) throws IOException {
    Reader reader = new Reader();
    for (Path file : files) {
      reader.read(file);
    }
    if (finalizeRuns) {
      reader.finalizeRuns();
    }
    return reader.sorted();
  }

  /** When the last event was, µs; what is open then is over. */
  long endMicros() {
    long end = Long.MIN_VALUE;
    for (Incoming incoming : records) {
      if (incoming.decoded() instanceof Event event) {
        end = Math.max(end, event.timeMicros());
      }
    }
    return end;
  }

  long events() {
    return records.stream().filter(incoming -> incoming.decoded() instanceof Event).count();
  }

  private static final class Reader {
    private static final int BUFFER_BYTES = 256 << 10;

    private final EventCodec codec = new EventCodec(EventLimits.DEFAULT);
    private final List<Decoded> decoded = new ArrayList<>();
    private final List<String> badLines = new ArrayList<>();

    void read(Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] buffer = new byte[BUFFER_BYTES];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int number = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          int from = 0;
          for (int at = 0; at < length; at++) {
            if (buffer[at] == '\n') {
              line.write(buffer, from, at - from);
              take(file, ++number, line);
              from = at + 1;
            }
          }
          line.write(buffer, from, length - from);
        }
        take(file, ++number, line);
      }
    }

    private void take(Path file, int number, ByteArrayOutputStream line) {
      byte[] raw = withoutCarriageReturn(line.toByteArray());
      line.reset();
      if (raw.length == 0) {
        return;
      }
      try {
        Decoded record = codec.decode(raw);
        if (!(record instanceof Heartbeat)) {
          decoded.add(record);
        }
      } catch (UndecodableException e) {
        badLines.add(file + ":" + number + ": " + e.detail());
      }
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
      int last = line.length - 1;
      return last >= 0 && line[last] == '\r' ? Arrays.copyOf(line, last) : line;
    }

    void finalizeRuns() {
      Map<List<String>, Event> lastOfRun = new LinkedHashMap<>();
      for (Decoded record : decoded) {
        if (record instanceof Event event) {
          lastOfRun.merge(
              List.of(event.tenant(), event.runId()),
              event,
              (a, b) -> b.timeMicros() >= a.timeMicros() ? b : a);
        }
      }
      for (Event last : lastOfRun.values()) {
        decoded.add(new Finalize(last.tenant(), last.runId(), last.timeMicros()));
      }
    }

    FinishedLog sorted() {
      decoded.sort(Comparator.comparingLong(Decoded::timeMicros));
      List<Incoming> records = new ArrayList<>(decoded.size());
      for (Decoded record : decoded) {
        records.add(new Incoming(record, null, 0, records.size(), 0, false, Incoming.NO_TIME));
      }
      return new FinishedLog(records, badLines);
    }
  }
}
