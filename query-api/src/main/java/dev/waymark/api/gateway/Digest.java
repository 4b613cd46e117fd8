package dev.waymark.api.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first half of a SHA-256: enough to tell things apart, and small enough to keep many. */
record Digest(long high, long low) {
  /** Finding the algorithm takes as long as a digest of a few hundred bytes. */
  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digest::sha256);

  static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Digest of(byte[] bytes) {
    ByteBuffer hash = ByteBuffer.wrap(SHA_256.get().digest(bytes));
    return new Digest(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
