package dev.waymark.testkit.logs;

import dev.waymark.schemas.event.Event;
import java.util.List;

/**
 * A process log as events, with its constraints.
 *
 * @param name of the file, without its extension
 */
public record DeclareLog(String name, List<Event> events, List<Constraint> constraints) {}
