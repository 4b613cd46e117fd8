package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Two records of one identity with different bytes.
 *
 * @param identity idempotency key, else {@code seq:} and the number
 * @param detectedAt when the broker took the later one
 * @param kept the one that came first and stands in the trail; null where the trail does not hold
 *     it (yet)
 * @param conflicting the one that came later
 */
@Introspected
public record ConflictView(
    String tenant,
    String runId,
    String identity,
    String agentId,
    Instant detectedAt,
    @Nullable VersionView kept,
    VersionView conflicting) {

  /**
   * One of the two.
   *
   * @param partition of the events topic
   * @param offset in that partition
   * @param sha256 of the record's bytes, in hex
   * @param event the record, byte for byte
   */
  @Introspected
  public record VersionView(
      long seq, Instant t, int partition, long offset, String sha256, RawJson event) {}
}
