package dev.waymark.checks.tenant;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A secret an agent signs with. Its text form does not show the secret.
 *
 * @param notBeforeMicros events before this time are not signed by it, in µs since the epoch; null:
 *     any
 * @param notAfterMicros likewise for events after it
 */
public record SigningKey(
    String id, byte[] secret, @Nullable Long notBeforeMicros, @Nullable Long notAfterMicros) {

  public boolean isInForceAt(long timeMicros) {
    return (notBeforeMicros == null || timeMicros >= notBeforeMicros)
        && (notAfterMicros == null || timeMicros <= notAfterMicros);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SigningKey key
        && id.equals(key.id)
        && Arrays.equals(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
