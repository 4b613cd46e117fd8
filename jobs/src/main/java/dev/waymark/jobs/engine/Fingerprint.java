package dev.waymark.jobs.engine;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** 128 bits that stand for an event's identity or its bytes. */
public record Fingerprint(long high, long low) {
  private static final String SEQ_PREFIX = "seq:";
  private static final int MAX_EXACT_DIGITS = 18;

  /**
   * Of an identity ({@link dev.waymark.schemas.event.Event#identity}). Sequence numbers are exact;
   * two keys among n have the same fingerprint with a chance of n²/2¹²⁹.
   */
  public static Fingerprint ofIdentity(@Nullable String idempotencyKey, long seq) {
    if (idempotencyKey == null) {
      return new Fingerprint(0, seq);
    }
    if (isSequenceNumber(idempotencyKey)) {
      return new Fingerprint(
          0, Long.parseLong(idempotencyKey, SEQ_PREFIX.length(), idempotencyKey.length(), 10));
    }
    HashCode hash = Hashing.murmur3_128().hashString(idempotencyKey, StandardCharsets.UTF_8);
    return ofDigest(hash.asBytes());
  }

  /**
   * Of a record's bytes, fast (FarmHash and the length): tells a conflict from a repeat but for a
   * chance of 1 in 2⁶⁴, as long as nobody tries to make two alike.
   */
  public static Fingerprint ofContent(byte[] bytes) {
    return new Fingerprint(bytes.length, Hashing.farmHashFingerprint64().hashBytes(bytes).asLong());
  }

  /** The first 128 bits of a cryptographic digest: nobody can make two alike. */
  public static Fingerprint ofDigest(byte[] digest) {
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }

  /** A key may spell what stands for an event without one; then it is the same identity. */
  private static boolean isSequenceNumber(String key) {
    int digits = key.length() - SEQ_PREFIX.length();
    if (digits < 1
        || digits > MAX_EXACT_DIGITS
        || !key.startsWith(SEQ_PREFIX)
        || key.charAt(SEQ_PREFIX.length()) == '0') {
      return false;
    }
    return key.chars().skip(SEQ_PREFIX.length()).allMatch(c -> c >= '0' && c <= '9');
  }
}
