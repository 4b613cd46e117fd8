package dev.waymark.client.send;

import dev.waymark.client.PublishException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** What was not acknowledged. Told by Kafka's thread, read by the sender's. */
final class Failures {
  private static final int MAX_MESSAGES = 3;

  private final List<String> messages = new ArrayList<>();
  private long count;
  private boolean hopeless;

  synchronized void settled(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    count++;
    if (messages.size() < MAX_MESSAGES && !messages.contains(failure.getMessage())) {
      messages.add(failure.getMessage());
    }
    boolean thisRecordAlone =
        failure instanceof PublishException
            && failure.getCause() instanceof RecordTooLargeException;
    hopeless |= !thisRecordAlone;
  }

  /** Whether Kafka is out of reach, so that trying the rest would only take time. */
  synchronized boolean areHopeless() {
    return hopeless;
  }

  synchronized long count() {
    return count;
  }

  /** The first few different ones. */
  synchronized List<String> messages() {
    return List.copyOf(messages);
  }
}
