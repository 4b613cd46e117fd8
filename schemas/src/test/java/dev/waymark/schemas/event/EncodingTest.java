package dev.waymark.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
  private static final String EVENT =
      "{\"seq\":1,\"t\":\"2025-01-01T00:00:00Z\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":{},"
          + "\"meta\":{\"run_id\":\"r\",\"agent_id\":\"a\"}}";

  private final EventCodec codec = new EventCodec(EventLimits.DEFAULT);

  @Test
  void takesUtf8() throws UndecodableException {
    assertThat(codec.decode(EVENT.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Event.class);
  }

  @Test
  void refusesAByteOrderMark() {
    assertRefused(("\uFEFF" + EVENT).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void refusesOtherForms(String charset) {
    assertRefused(EVENT.getBytes(Charset.forName(charset)));
  }

  private void assertRefused(byte[] raw) {
    UndecodableException refusal =
        catchThrowableOfType(UndecodableException.class, () -> codec.decode(raw));
    assertThat(refusal.reason()).isEqualTo(DeadLetterReason.NOT_JSON);
    assertThat(refusal).hasMessage("record: must be UTF-8 without a byte order mark");
  }
}
