package dev.waymark.api.doors;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The {@code seq} of events whose source has none: {@code ms × 4096 + phase × 1024 + CRC-32(source
 * id) mod 1024}, where ms is the event's time since the epoch. The same event gets the same number
 * whenever it is sent; numbers rise with time; and they are exact in JSON numbers until 2039. Two
 * events of one ms may share a number: their identity tells them apart.
 */
public final class DerivedSeq {
  private static final long PER_MS = 4_096;
  private static final long PER_PHASE = 1_024;

  private DerivedSeq() {}

  /** What comes first of what happened in the same ms. */
  public enum Phase {
    BEGIN(0),
    REQUEST(1),
    RESPONSE(2),
    END(3);

    private final int order;

    Phase(int order) {
      this.order = order;
    }
  }

  static long of(long timeMicros, Phase phase, String sourceId) {
    CRC32 hash = new CRC32();
    hash.update(sourceId.getBytes(StandardCharsets.UTF_8));
    long seq =
        Math.floorDiv(timeMicros, 1_000) * PER_MS
            + phase.order * PER_PHASE
            + hash.getValue() % PER_PHASE;
    return Math.max(1, seq);
  }
}
