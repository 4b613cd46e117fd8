package dev.waymark.api.feed;

import java.util.Locale;

/** What a message of the feed tells of. */
public enum FeedKind {
  EVENT,
  VIOLATION,
  METRIC,
  NOTICE;

  /** As in a message: event, violation, metric, notice. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
