package dev.waymark.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckedMarkTest {
  private static final byte[] VALUE = bytes("{\"seq\":1}");

  private final CheckedMark mark = new CheckedMark("a-secret-of-more-than-thirty-two-bytes");

  /** By {@code printf '1\0{"seq":1}' | openssl dgst -sha256 -hmac SECRET}. */
  @Test
  void isVersionAndHmacOfVersionAndValue() {
    assertThat(new String(mark.of(VALUE), StandardCharsets.US_ASCII))
        .isEqualTo("1:c129458cd539d1e6201f8b8ff0bc62ce1a81d5b208958a866e79f039540ad673");
  }

  @Test
  void isOnTheVeryValueOnly() {
    byte[] header = mark.of(VALUE);

    assertThat(mark.isOn(header, VALUE)).isTrue();
    assertThat(mark.isOn(header, bytes("{\"seq\":2}"))).isFalse();
  }

  @Test
  void isNothingElse() {
    byte[] changed = mark.of(VALUE);
    changed[5] ^= 1;

    assertThat(mark.isOn(null, VALUE)).isFalse();
    assertThat(mark.isOn(bytes(""), VALUE)).isFalse();
    assertThat(mark.isOn(changed, VALUE)).isFalse();
    assertThat(mark.isOn(new CheckedMark("b".repeat(32)).of(VALUE), VALUE)).isFalse();
  }

  @Test
  void demandsALongSecretWithoutShowingIt() {
    assertThatThrownBy(() -> new CheckedMark("hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must have at least 32 bytes, had 7");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
