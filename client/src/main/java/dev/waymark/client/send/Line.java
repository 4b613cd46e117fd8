package dev.waymark.client.send;

import dev.waymark.schemas.event.DeadLetterReason;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file.
 *
 * @param bytes as they came, without the line end
 * @param decoded what it is; null: no event
 * @param problem why it is no event; null where it is one
 * @param placeMicros where it belongs in the stream: its time in µs since the epoch, or that of the
 *     line before it where it has none that could be believed
 */
record Line(
    byte[] bytes, @Nullable Decoded decoded, @Nullable DeadLetterReason problem, long placeMicros) {

  /** The run it belongs to, as {@code tenant/run}; null: none. */
  @Nullable String runKey() {
    if (decoded instanceof Event event) {
      return event.tenant() + "/" + event.runId();
    }
    if (decoded instanceof Finalize end) {
      return end.tenant() + "/" + end.runId();
    }
    return null;
  }
}
