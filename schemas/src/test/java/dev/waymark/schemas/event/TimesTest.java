package dev.waymark.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "0000-01-01T00:00:00Z",
        "2262-04-12T00:00:00Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void countsMicrosInEveryYearOfRfc3339(String text) {
    // Given
    Instant instant = Instant.parse(text);

    // When
    long micros = Times.micros(instant);

    // Then
    assertThat(Times.instant(micros)).isEqualTo(instant);
    assertThat(Times.format(micros)).isEqualTo(text);
    assertThat(EventCodec.parseTime(text)).isEqualTo(micros);
  }
}
