/**
 * {@code ./waymark send}: files of events, merged by time, to Kafka. Memory does not grow with the
 * files; with {@code --finalize} it grows with the number of runs.
 */
@NullMarked
package dev.waymark.client.send;

import org.jspecify.annotations.NullMarked;
