package dev.waymark.api.feed;

import java.util.List;

/** The way to one watcher. Called by one thread at a time; no call waits. */
public interface FeedOutlet {
  /** Whether more can be written now without piling up. */
  boolean isWritable();

  /** Whether the watcher is still there. */
  boolean isOpen();

  /** Messages in order. Only where it is writable, or to say why it ends. */
  void write(List<FeedMessage> messages);

  /** Ends it, behind what was written. */
  void close(FeedNotice reason);
}
