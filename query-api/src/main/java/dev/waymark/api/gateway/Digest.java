package dev.waymark.api.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first half of a SHA-256: enough to tell things apart, and small enough to keep many. */
record Digest(long high, long low) {
  static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Digest of(byte[] bytes) {
    try {
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
      return new Digest(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
