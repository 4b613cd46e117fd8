package dev.waymark.api.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that a client may keep, if it asks each time whether they still hold (RFC 9110, 13). The
 * validators are weak: what is compared is what an answer says, not how it was packed.
 */
final class Validators {
  private static final String KEEP_AND_ASK = "private, no-cache";
  private static final int DIGEST_BYTES = 16;
  private static final String WEAK = "W/";

  private Validators() {}

  /** A validator of everything that decides what an answer says. */
  static String of(Object... facts) {
    return WEAK + '"' + digest(facts) + '"';
  }

  /**
   * 304 where the client has this answer already, without making it; else 200 with it.
   *
   * @param ifNoneMatch the header of that name
   */
  static <T> HttpResponse<T> answer(
      @Nullable String ifNoneMatch, String validator, Supplier<T> answer) {
    return (matches(ifNoneMatch, validator)
            ? HttpResponse.<T>notModified()
            : HttpResponse.ok(answer.get()))
        .header(HttpHeaders.ETAG, validator)
        .header(HttpHeaders.CACHE_CONTROL, KEEP_AND_ASK)
        .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
  }

  private static String digest(Object... facts) {
    try {
      byte[] text = Arrays.toString(facts).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean matches(@Nullable String ifNoneMatch, String validator) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String known : ifNoneMatch.split(",", -1)) {
      String tag = known.strip();
      if (tag.equals("*") || opaque(tag).equals(opaque(validator))) {
        return true;
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }
}
