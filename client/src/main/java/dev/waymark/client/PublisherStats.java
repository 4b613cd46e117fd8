package dev.waymark.client;

/**
 * What became of the records so far: accepted = acknowledged + failed + pending. Dropped ones were
 * never accepted.
 *
 * @param accepted taken into the buffer
 * @param acknowledged written by the broker to all in-sync replicas
 * @param failed given up; their futures say why
 * @param dropped refused by a full buffer under {@link OverflowPolicy#DROP}
 * @param acknowledgedBytes bytes of the acknowledged records' values
 */
public record PublisherStats(
    long accepted, long acknowledged, long failed, long dropped, long acknowledgedBytes) {

  /** Accepted, and neither acknowledged nor given up yet. */
  public long pending() {
    return accepted - acknowledged - failed;
  }
}
