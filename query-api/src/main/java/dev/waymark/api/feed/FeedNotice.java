package dev.waymark.api.feed;

/**
 * What a watcher is told about the feed itself.
 *
 * @param closeCode of the WebSocket that ends with it; 0: it goes on
 * @param detail why, in plain words
 */
public record FeedNotice(String code, int closeCode, String detail) {
  /** The feed begins; a watcher that breaks off before any message can resume from its id. */
  static final FeedNotice CONNECTED = new FeedNotice("connected", 0, "messages follow");

  /** Nothing happened that the watcher would be shown; it moves the id on. */
  static final FeedNotice HEARTBEAT = new FeedNotice("heartbeat", 0, "the feed is alive");

  static final FeedNotice TOO_SLOW =
      new FeedNotice(
          "too_slow",
          4408,
          "messages came faster than they were read and are no longer held; resume from the last id");

  /** A credential that was revoked meanwhile must not go on to see. */
  static final FeedNotice ASK_AGAIN =
      new FeedNotice("ask_again", 4401, "show your credential again; resume from the last id");

  static final FeedNotice GOING_AWAY =
      new FeedNotice("going_away", 1001, "the server stops; resume from the last id");

  static final FeedNotice RESUME_FAILED =
      new FeedNotice(
          "resume_failed", 1013, "what was missed cannot be read now; try again from the same id");

  /** Messages between two positions will not be told. */
  static FeedNotice gap(String missing) {
    return new FeedNotice("gap", 0, missing);
  }

  /** Whether the feed ends with it. */
  boolean isLast() {
    return closeCode != 0;
  }

  FeedMessage at(Position position) {
    String data =
        "{\"code\":" + JsonLine.quoted(code) + ",\"detail\":" + JsonLine.quoted(detail) + "}";
    return FeedMessage.passing(
        FeedKind.NOTICE, new FeedMessage.Facts(null, null, null, null, null), data, position);
  }
}
