package dev.waymark.schemas.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Usage;
import org.junit.jupiter.api.Test;

class PriceTableTest {
  private static final long MID_2025 = EventCodec.parseTime("2025-06-01T00:00:00Z");
  private static final long MID_2026 = EventCodec.parseTime("2026-06-01T00:00:00Z");

  @Test
  void exactNameBeatsLongGlobBeatsShortGlob() throws Exception {
    PriceTable table =
        table(
            "*,2020-01-01T00:00:00Z,9,,,9",
            "claude-*,2020-01-01T00:00:00Z,3,,,3",
            "claude-sonnet-*,2020-01-01T00:00:00Z,2,,,2",
            "claude-sonnet-4,2020-01-01T00:00:00Z,1,,,1");

    assertThat(inputPrice(table, "claude-sonnet-4", MID_2025)).isEqualTo(1);
    assertThat(inputPrice(table, "claude-sonnet-5", MID_2025)).isEqualTo(2);
    assertThat(inputPrice(table, "claude-opus", MID_2025)).isEqualTo(3);
    assertThat(inputPrice(table, "gpt", MID_2025)).isEqualTo(9);
  }

  @Test
  void priceFollowsTimeInclusively() throws Exception {
    PriceTable table =
        table(
            "m,2026-06-01T00:00:00Z,2,,,2",
            "m,2025-06-01T00:00:00Z,1,,,1",
            "*,2020-01-01T00:00:00Z,5,,,5");

    assertThat(inputPrice(table, "m", MID_2025)).isEqualTo(1);
    assertThat(inputPrice(table, "m", MID_2026 - 1)).isEqualTo(1);
    assertThat(inputPrice(table, "m", MID_2026)).isEqualTo(2);
    assertThat(inputPrice(table, "m", MID_2025 - 1)).isEqualTo(5);
  }

  @Test
  void unknownModelAndEarlierTimeHaveNoPrice() throws Exception {
    PriceTable table = table("m,2025-06-01T00:00:00Z,1,,,1");

    assertThat(table.at("other", MID_2025)).isEmpty();
    assertThat(table.at("m", MID_2025 - 1)).isEmpty();
    assertThat(PriceTable.empty().at("m", MID_2025)).isEmpty();
  }

  @Test
  void chargesEachKindOfTokenItsOwnPrice() throws Exception {
    Usage usage = new Usage(1_000, 200, 600, 100);

    Price all = table("m,2020-01-01T00:00:00Z,3,0.3,3.75,15").at("m", MID_2025).orElseThrow();
    Price inputOnly = table("m,2020-01-01T00:00:00Z,3,,,15").at("m", MID_2025).orElseThrow();

    // 300 plain, 600 cached, 100 written, 200 out
    assertThat(all.costUsd(usage))
        .isCloseTo((300 * 3 + 600 * 0.3 + 100 * 3.75 + 200 * 15) / 1e6, within(1e-15));
    assertThat(inputOnly.costUsd(usage)).isCloseTo((1_000 * 3 + 200 * 15) / 1e6, within(1e-15));
  }

  @Test
  void contradictoryCountsCostNothingNegative() throws Exception {
    Price price = table("m,2020-01-01T00:00:00Z,3,0,,0").at("m", MID_2025).orElseThrow();

    assertThat(price.costUsd(new Usage(10, 0, 50, 0))).isZero();
  }

  @Test
  void skipsEmptyLinesAndComments() throws Exception {
    PriceTable table =
        PriceTable.parse(
            "# public prices\r\n"
                + PriceTable.HEADER
                + "\r\n\r\n# one\r\nm , 2020-01-01T00:00:00Z , 1 , , , 2\r\n");

    assertThat(inputPrice(table, "m", MID_2025)).isEqualTo(1);
  }

  @Test
  void reportsEveryProblemWithItsLine() {
    assertThatThrownBy(
            () ->
                table(
                    "m,yesterday,1,,,2",
                    "m,2020-01-01T00:00:00Z,1,2",
                    ",2020-01-01T00:00:00Z,-1,x,,",
                    "n,2020-01-01T00:00:00Z,1,,,2",
                    "n,2020-01-01T00:00:00Z,1,,,NaN"))
        .isInstanceOfSatisfying(
            InvalidPricesException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "line 2: effective_from: must be an RFC 3339 time, was \"yesterday\"",
                        "line 3: must have 6 columns, has 4",
                        "line 4: model: required",
                        "line 4: input_usd_per_mtok: must be a number of at least 0, was -1",
                        "line 4: cached_input_usd_per_mtok: must be a number, was \"x\"",
                        "line 4: output_usd_per_mtok: must be a number, was \"\"",
                        "line 6: model: n has a price from this time in line 5 already",
                        "line 6: output_usd_per_mtok: must be a number of at least 0, was NaN"));
  }

  @Test
  void needsItsHeader() {
    assertThatThrownBy(() -> PriceTable.parse(""))
        .hasMessage("must begin with the header " + PriceTable.HEADER);
    assertThatThrownBy(() -> PriceTable.parse("m,2020-01-01T00:00:00Z,1,,,2"))
        .hasMessageStartingWith("line 1: must be the header model,effective_from,");
  }

  private static double inputPrice(PriceTable table, String model, long timeMicros) {
    return table.at(model, timeMicros).orElseThrow().input();
  }

  private static PriceTable table(String... lines) throws InvalidPricesException {
    return PriceTable.parse(PriceTable.HEADER + "\n" + String.join("\n", lines));
  }
}
