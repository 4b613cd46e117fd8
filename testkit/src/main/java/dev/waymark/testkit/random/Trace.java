package dev.waymark.testkit.random;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.event.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A finished log: its events in order of time, without repeats, and its control records.
 *
 * <p>Shown as one line an event, so that a failing example can be read.
 */
public record Trace(List<Event> events, List<Finalize> finalizes) {
  @Override
  public String toString() {
    return events.stream().map(Trace::line).collect(Collectors.joining("\n", "\n", "\n"))
        + finalizes.stream()
            .map(end -> "finalize " + end.runId() + " " + Times.format(end.timeMicros()))
            .collect(Collectors.joining("\n"));
  }

  private static String line(Event event) {
    return new String(event.raw(), StandardCharsets.UTF_8);
  }
}
