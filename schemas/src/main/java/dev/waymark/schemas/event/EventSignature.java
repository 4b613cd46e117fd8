package dev.waymark.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * An event's signature as it stands in {@code meta.signature}: {@code hmac-sha256:KEY_ID:64
 * hexadecimal digits}. Signed is the RFC 8785 canonical form of the whole event without {@code
 * meta.signature} itself, so members may come in any order and spelling.
 *
 * @param keyId which of the agent's keys signed
 * @param hex the HMAC-SHA256, 64 lower-case hexadecimal digits
 */
public record EventSignature(String keyId, String hex) {
  /** Where it lies in {@code meta}. */
  public static final String FIELD = "signature";

  private static final String ALGORITHM = "HmacSHA256";

  /** Finding the algorithm takes longer than signing an event. */
  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(EventSignature::newMac);

  private static final String PREFIX = "hmac-sha256:";
  private static final int MAX_KEY_ID = 64;
  private static final int HEX_LENGTH = 64;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigInteger MAX_EXACT = BigInteger.ONE.shiftLeft(53);

  /** Reads the text of {@code meta.signature}; empty where it has another form. */
  public static Optional<EventSignature> parse(String text) {
    int end = text.length() - HEX_LENGTH - 1;
    if (!text.startsWith(PREFIX) || end <= PREFIX.length() || text.charAt(end) != ':') {
      return Optional.empty();
    }
    EventSignature signature =
        new EventSignature(text.substring(PREFIX.length(), end), text.substring(end + 1));
    return isKeyId(signature.keyId) && isHex(signature.hex)
        ? Optional.of(signature)
        : Optional.empty();
  }

  private static boolean isKeyId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'A' && c <= 'Z')
          && !(c >= 'a' && c <= 'z')
          && !isDigit(c)
          && "._-".indexOf(c) < 0) {
        return false;
      }
    }
    return text.length() <= MAX_KEY_ID;
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Signs an event's bytes and returns them with {@code meta.signature}, replacing an old one. */
  public static byte[] sign(byte[] raw, String keyId, byte[] secret) throws NotCanonicalException {
    ObjectNode event = read(raw);
    String hex = HexFormat.of().formatHex(hmac(canonicalForm(event), secret));
    event.withObjectProperty("meta").put(FIELD, new EventSignature(keyId, hex).toString());
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes that are signed: the canonical form of an event without its signature. */
  public static byte[] signedForm(byte[] raw) throws NotCanonicalException {
    return canonicalForm(read(raw));
  }

  /**
   * The same of an event that is parsed already, which is several times as fast.
   *
   * @param fields what {@link EventJson#parse} made of the bytes
   */
  public static byte[] signedForm(byte[] raw, Map<String, Object> fields)
      throws NotCanonicalException {
    try {
      return CanonicalForm.without("meta", FIELD, fields, raw.length);
    } catch (CanonicalForm.UnsureException e) {
      return signedForm(raw);
    }
  }

  /**
   * Whether the secret made this signature of a signed form; takes the same time for any answer.
   */
  public boolean isOf(byte[] signedForm, byte[] secret) {
    return MessageDigest.isEqual(hmac(signedForm, secret), HexFormat.of().parseHex(hex));
  }

  /** The text of {@code meta.signature}. */
  @Override
  public String toString() {
    return "hmac-sha256:" + keyId + ":" + hex;
  }

  private static ObjectNode read(byte[] raw) throws NotCanonicalException {
    try {
      return (ObjectNode) JSON.readTree(raw);
    } catch (IOException e) {
      throw new NotCanonicalException("not JSON that can be signed: " + e.getMessage());
    }
  }

  private static byte[] canonicalForm(ObjectNode event) throws NotCanonicalException {
    if (event.get("meta") instanceof ObjectNode meta) {
      meta.remove(FIELD);
    }
    requireExactNumbers(event);
    try {
      return new JsonCanonicalizer(JSON.writeValueAsBytes(event)).getEncodedUTF8();
    } catch (IOException e) {
      throw new NotCanonicalException("no canonical form: " + e.getMessage());
    }
  }

  /** RFC 8785 reads numbers as doubles: two integers beyond 2^53 could share one signature. */
  private static void requireExactNumbers(JsonNode node) throws NotCanonicalException {
    if (node.isIntegralNumber() && node.bigIntegerValue().abs().compareTo(MAX_EXACT) > 0) {
      throw new NotCanonicalException(
          "no canonical form: an integer beyond 2^53; write it as text");
    }
    for (JsonNode child : node) {
      requireExactNumbers(child);
    }
  }

  private static byte[] hmac(byte[] message, byte[] secret) {
    try {
      Mac mac = MAC.get();
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(message);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("every secret is a key of " + ALGORITHM, e);
    }
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
