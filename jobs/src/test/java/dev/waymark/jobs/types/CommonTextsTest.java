package dev.waymark.jobs.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonTextsTest {
  @Test
  void givesTheSameStringAgain() {
    assertThat(of("agent-1")).isEqualTo("agent-1").isSameAs(of("agent-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "größer", "日本", "🜚", "\u0001\u007f"})
  void givesTheTextOfTheBytes(String text) {
    assertThat(of(text)).isEqualTo(text);
    assertThat(of(text)).isEqualTo(text);
  }

  @Test
  void longTextIsNotKept() {
    String text = "x".repeat(65);

    assertThat(of(text)).isEqualTo(text).isNotSameAs(of(text));
  }

  /** More texts than there are slots, so that many share one. */
  @Test
  void textsThatShareASlotAreNeverTakenForEachOther() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      String text = Integer.toString(random.nextInt(50_000), 36);
      assertThat(of(text)).isEqualTo(text);
    }
  }

  private static String of(String text) {
    return CommonTexts.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
