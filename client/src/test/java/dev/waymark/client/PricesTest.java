package dev.waymark.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.metric.Price;
import dev.waymark.schemas.metric.PriceTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The price table against the public tables it was made from, and against what was charged. */
class PricesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double PER_MILLION = 1e6;
  private static final double COST_TOLERANCE_USD = 1e-9;

  private static final EventCodec CODEC = new EventCodec(EventLimits.DEFAULT);

  private static PriceTable prices;
  private static List<Row> rows;

  @BeforeAll
  static void read() throws Exception {
    String csv = Files.readString(Repository.file("flink-conf/prices.csv"));
    prices = PriceTable.parse(csv);
    List<String> lines = csv.lines().filter(line -> !line.startsWith("#")).toList();
    rows = lines.stream().skip(1).map(Row::parse).toList();
  }

  @Test
  void aModelHasOnePriceAtATime() {
    Set<String> seen = new HashSet<>();
    assertThat(rows).allMatch(row -> seen.add(row.model() + " " + row.from()));
    assertThat(rows).hasSizeBetween(60, 110);
  }

  @Test
  void everyPriceIsThatOfAPublicTable() throws IOException {
    JsonNode older = table("prices/litellm_full_2025-09-05.json");
    JsonNode newer = table("prices/litellm_subset_2026-07-24.json");

    List<String> unfounded = new ArrayList<>();
    for (Row row : rows) {
      String plain = row.model().replaceFirst("^deepseek/", "");
      boolean founded =
          row.equalsFact(newer.path(plain))
              || row.equalsFact(older.path(row.model()))
              || row.equalsFact(older.path("deepseek/" + plain));
      if (!founded) {
        unfounded.add(row.toString());
      }
    }
    assertThat(unfounded).isEmpty();
  }

  @Test
  void whatWasChargedForClaudeIsReproduced() throws Exception {
    int calls = 0;
    for (String line :
        Files.readAllLines(Repository.sharedData("agent-runs/tau2-sonnet45_airline.jsonl"))) {
      Event event = (Event) CODEC.decode(line.getBytes(StandardCharsets.UTF_8));
      String model = event.model();
      if (event.costUsd() != null && model != null && model.startsWith("claude")) {
        Price price = prices.at(model, event.timeMicros()).orElseThrow();
        assertThat(price.costUsd(requireNonNull(event.usage())))
            .isCloseTo(event.costUsd(), within(COST_TOLERANCE_USD));
        calls++;
      }
    }
    assertThat(calls).isEqualTo(467);
  }

  private static JsonNode table(String file) throws IOException {
    return JSON.readTree(Repository.sharedData(file).toFile());
  }

  private record Row(
      String model,
      Instant from,
      BigDecimal input,
      @Nullable BigDecimal cached,
      @Nullable BigDecimal cacheWrite,
      BigDecimal output) {

    static Row parse(String line) {
      String[] cells = line.split(",", -1);
      assertThat(cells).as(line).hasSize(6);
      return new Row(
          cells[0],
          Instant.parse(cells[1]),
          new BigDecimal(cells[2]),
          optional(cells[3]),
          optional(cells[4]),
          new BigDecimal(cells[5]));
    }

    boolean equalsFact(JsonNode fact) {
      return isPrice(input, fact.path("input_cost_per_token"))
          && isPrice(output, fact.path("output_cost_per_token"))
          && isPrice(cached, fact.path("cache_read_input_token_cost"))
          && isPrice(cacheWrite, fact.path("cache_creation_input_token_cost"));
    }

    private static boolean isPrice(@Nullable BigDecimal price, JsonNode usdPerToken) {
      if (price == null || usdPerToken.isMissingNode() || usdPerToken.isNull()) {
        return price == null && (usdPerToken.isMissingNode() || usdPerToken.isNull());
      }
      // The public tables hold binary fractions such as 9.999999999999999e-08.
      return Math.abs(price.doubleValue() - usdPerToken.asDouble() * PER_MILLION) < 1e-7;
    }

    private static @Nullable BigDecimal optional(String cell) {
      return cell.isEmpty() ? null : new BigDecimal(cell);
    }
  }
}
