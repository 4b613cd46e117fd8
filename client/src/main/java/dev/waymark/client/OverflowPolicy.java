package dev.waymark.client;

/** What happens to an event that finds the buffer full, because Kafka is slower than the agent. */
public enum OverflowPolicy {
  /** The caller waits until there is room, at most {@code blockTimeout}; then it fails. */
  BLOCK,
  /** The event fails at once; the caller is never held up. */
  FAIL,
  /**
   * As {@link #FAIL}, but a loss the agent has accepted: counted as dropped, and no error at the
   * end.
   */
  DROP
}
