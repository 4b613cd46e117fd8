package dev.waymark.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Times;
import java.time.Instant;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

class CursorProperties {
  private static final long MAX_MICROS = 250_000_000_000_000_000L;

  @Property
  void readsWhatItWrote(
      @ForAll @LongRange(min = 0, max = MAX_MICROS) long micros,
      @ForAll long seq,
      @ForAll @StringLength(max = 500) String identity) {
    // Given
    Instant t = Times.instant(micros);

    // When
    String text = Cursor.of(Cursor.Kind.TRAIL, t, seq, identity).encode();

    // Then
    if (identity.indexOf('\0') >= 0) {
      assertThat(Cursor.decode(Cursor.Kind.TRAIL, text)).isEmpty();
    } else {
      Cursor read = Cursor.decode(Cursor.Kind.TRAIL, text).orElseThrow();
      assertThat(read.key(0)).isEqualTo(t);
      assertThat(read.key(1)).isEqualTo(seq);
      assertThat(read.key(2)).isEqualTo(identity);
      assertThat(text).matches("[A-Za-z0-9_-]+");
    }
  }

  @Property
  void refusesAnythingElse(
      @ForAll String text, @ForAll @NotEmpty byte[] bytes, @ForAll Cursor.Kind kind) {
    // Given: bytes that begin like no list
    bytes[0] = 0;

    // Then
    assertThat(Cursor.decode(kind, Base64.getUrlEncoder().encodeToString(bytes))).isEmpty();
    assertThat(Cursor.decode(kind, "." + text)).isEmpty();
  }

  @Property
  void refusesACursorCutShortOrProlonged(
      @ForAll @LongRange(min = 0, max = MAX_MICROS) long micros) {
    // Given
    String text = Cursor.of(Cursor.Kind.VIOLATIONS, Times.instant(micros), "abc").encode();

    // Then
    assertThat(Cursor.decode(Cursor.Kind.VIOLATIONS, text.substring(0, 8))).isEmpty();
    assertThat(Cursor.decode(Cursor.Kind.VIOLATIONS, text + "AAAA")).isEmpty();
    assertThat(Cursor.decode(Cursor.Kind.RUNS, text)).isEmpty();
  }
}
