package dev.waymark.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of events whose source gives them none: what they say. */
final class Hash {
  private static final int DIGITS = 32;

  private Hash() {}

  /** The first half of the SHA-256 of the JSON as we write it, in hex. */
  static String of(JsonNode node) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Json.write(node));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
