package dev.waymark.jobs.trail;

import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.jobs.store.StorePorts;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * What the trail job reads and writes.
 *
 * @param coldRuns rows of runs that may be repeats of forgotten ones; they never replace a row that
 *     counts as many events
 */
public record TrailPorts(
    JobPorts common,
    Sink<EventRow> events,
    Sink<RunRow> runs,
    Sink<RunRow> coldRuns,
    Sink<ConflictRow> conflicts) {

  /** Kafka and the database. */
  public static TrailPorts of(String job, TrailConfig config) {
    return new TrailPorts(
        StorePorts.of(job, config.job(), config.checks()),
        StorePorts.sink(config.job(), new EventTable(job)),
        StorePorts.sink(config.job(), new RunTable(job, RunTable.Replaces.OLDER_OR_SAME)),
        StorePorts.sink(config.job(), new RunTable(job, RunTable.Replaces.OLDER)),
        StorePorts.sink(config.job(), new ConflictTable(job)));
  }
}
