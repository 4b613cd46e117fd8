package dev.waymark.api.feed;

/** The feed has not reached Kafka since the process started. */
public final class FeedUnavailableException extends RuntimeException {
  FeedUnavailableException() {
    super("the live feed has not reached Kafka yet");
  }
}
