package dev.waymark.checks;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header of a Kafka record by which a door says that it checked this very value, so that the
 * jobs need not do it again: {@code 1:} and the HMAC-SHA256, in lower-case hexadecimal, of the
 * version, a zero byte and the value. Who publishes to Kafka but does not know the secret cannot
 * make it. Safe for concurrent use.
 */
public final class CheckedMark {
  /** The header's name. */
  public static final String HEADER = "waymark-checked";

  /** The variable that holds the secret, for doors and jobs alike. */
  public static final String SECRET_VARIABLE = "WAYMARK_CHECKED_SECRET";

  /** Least length of a secret. */
  public static final int MIN_SECRET_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] VERSION = {'1'};
  private static final String PREFIX = "1:";

  /** Keyed and never used itself: to copy it is quicker than to key another. */
  private final Mac keyed;

  /**
   * Takes the secret.
   *
   * @throws IllegalArgumentException if it has less than {@value #MIN_SECRET_BYTES} bytes; the
   *     message does not show it
   */
  public CheckedMark(String secret) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    if (key.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "must have at least " + MIN_SECRET_BYTES + " bytes, had " + key.length);
    }
    this.keyed = keyed(key);
  }

  /** The header's value for a record's value. */
  public byte[] of(byte[] value) {
    return (PREFIX + HexFormat.of().formatHex(hmac(value))).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Whether a header was made with this secret for this value; takes the same time for any header
   * of the right length.
   *
   * @param header null: there is none
   */
  public boolean isOn(byte @Nullable [] header, byte[] value) {
    return header != null && MessageDigest.isEqual(of(value), header);
  }

  private byte[] hmac(byte[] value) {
    Mac mac = copy();
    mac.update(VERSION);
    mac.update((byte) 0);
    return mac.doFinal(value);
  }

  private Mac copy() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own " + ALGORITHM + " can be copied", e);
    }
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
