package dev.waymark.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.store.RawJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvRowsTest {
  private static final CsvRows<Item> ROWS = new CsvRows<>(Item.class, new ObjectMapper());

  /** One of each kind of value. */
  public record Item(
      @Nullable String text,
      double amountUsd,
      @Nullable Instant at,
      List<String> names,
      @Nullable RawJson event) {}

  @Test
  void writesAHeaderAndAColumnEach() {
    // Then
    assertThat(ROWS.head()).isEqualTo("text,amount_usd,at,names,event\r\n");
    assertThat(
            ROWS.line(
                new Item(
                    "plain",
                    -1.5,
                    Instant.parse("2025-01-01T00:00:00Z"),
                    List.of("a", "b"),
                    new RawJson("{\"x\": \"1\"}"))))
        .isEqualTo(
            "plain,-1.5,2025-01-01T00:00:00Z,\"[\"\"a\"\",\"\"b\"\"]\",\"{\"\"x\"\": \"\"1\"\"}\"\r\n");
    assertThat(ROWS.line(new Item(null, 0, null, List.of(), null))).isEqualTo(",0.0,,[],\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,b|\"a,b\"",
        "say \"x\"|\"say \"\"x\"\"\"",
        "=1+1|'=1+1",
        "+1|'+1",
        "-1|'-1",
        "@SUM(A1)|'@SUM(A1)",
        "=cmd,\"x\"|\"'=cmd,\"\"x\"\"\"",
        "a=b|a=b",
        "žluť|žluť"
      })
  void quotesAndDisarmsText(String text, String cell) {
    assertThat(ROWS.line(new Item(text, 0, null, List.of(), null)))
        .isEqualTo(cell + ",0.0,,[],\r\n");
  }

  @Test
  void keepsLineBreaksInsideQuotes() {
    assertThat(ROWS.line(new Item("a\nb\r\nc", 0, null, List.of(), null)))
        .startsWith("\"a\nb\r\nc\",");
    assertThat(ROWS.line(new Item("\t=1", 0, null, List.of(), null))).startsWith("'\t=1,");
    assertThat(ROWS.line(new Item("\r=1", 0, null, List.of(), null))).startsWith("\"'\r=1\",");
  }
}
