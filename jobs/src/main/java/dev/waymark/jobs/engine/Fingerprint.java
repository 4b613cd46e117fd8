package dev.waymark.jobs.engine;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * 128 bits that stand for text or bytes. Two that differ have the same one by accident with a
 * chance of n²/2¹²⁹ among n.
 */
public record Fingerprint(long high, long low) {
  /** Bytes of its binary form. */
  public static final int BYTES = 16;

  /** Fast (MurmurHash3): tells accidents from repeats, but whoever tries can make two alike. */
  public static Fingerprint of(byte[] bytes) {
    HashCode hash = Hashing.murmur3_128().hashBytes(bytes);
    return ofDigest(hash.asBytes());
  }

  public static Fingerprint of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first 128 bits of a cryptographic digest: nobody can make two alike. */
  public static Fingerprint ofDigest(byte[] digest) {
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }
}
