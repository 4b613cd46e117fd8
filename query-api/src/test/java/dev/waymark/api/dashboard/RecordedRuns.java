package dev.waymark.api.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import dev.waymark.testkit.logs.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Recorded runs of real agents, where they are there, moved so that each stream ends at a time. */
final class RecordedRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedRuns() {}

  /** All streams one after the other; none where there are no recorded runs. */
  static List<byte[]> endingAt(Instant end) {
    return SharedData.find()
        .map(data -> data.resolve("agent-runs"))
        .map(folder -> moved(streams(folder), end))
        .orElse(List.of());
  }

  private static List<Path> streams(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .filter(file -> !file.toString().matches(".*\\.(runs|labels)\\.jsonl"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> moved(List<Path> streams, Instant end) {
    List<byte[]> records = new ArrayList<>();
    for (Path stream : streams) {
      List<ObjectNode> events = read(stream);
      long last = events.stream().mapToLong(RecordedRuns::micros).max().orElseThrow();
      long by = Times.micros(end) - last;
      for (ObjectNode event : events) {
        event.put("t", Times.format(micros(event) + by));
        records.add(event.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return records;
  }

  private static long micros(ObjectNode event) {
    return EventCodec.parseTime(event.path("t").textValue());
  }

  private static List<ObjectNode> read(Path stream) {
    try {
      List<ObjectNode> events = new ArrayList<>();
      for (String line : Files.readAllLines(stream)) {
        events.add((ObjectNode) JSON.readTree(line));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
