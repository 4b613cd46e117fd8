package dev.waymark.jobs.ports;

import dev.waymark.jobs.books.BookRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * What every job reads and writes. Production: {@link dev.waymark.jobs.store.StorePorts}; tests and
 * finished logs put their own in.
 */
public record JobPorts(
    Source<Incoming, ?, ?> events,
    Sink<DeadLetter> deadLetterTopic,
    Sink<DeadLetter> deadLetterTable,
    Sink<BookRow> books) {}
