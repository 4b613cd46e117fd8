package dev.waymark.client.demo;

import dev.waymark.schemas.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of the demo, whole.
 *
 * @param number counts the runs from 0
 * @param fault what goes wrong in it; empty: nothing
 */
record DemoRun(
    int number,
    String runId,
    String agentId,
    Instant startsAt,
    Optional<Misbehaviour> fault,
    List<Event> events) {}
