package dev.waymark.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
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

  private static List<Row> rows;

  @BeforeAll
  static void read() throws IOException {
    List<String> lines = Files.readAllLines(Repository.file("flink-conf/prices.csv"));
    assertThat(lines.get(0))
        .isEqualTo(
            "model,effective_from,input_usd_per_mtok,cached_input_usd_per_mtok,"
                + "cache_write_usd_per_mtok,output_usd_per_mtok");
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
  void whatWasChargedForClaudeIsReproduced() throws IOException {
    int calls = 0;
    for (String line :
        Files.readAllLines(Repository.sharedData("agent-runs/tau2-sonnet45_airline.jsonl"))) {
      JsonNode event = JSON.readTree(line);
      JsonNode meta = event.path("meta");
      if (meta.has("cost_usd") && meta.path("model").asText().startsWith("claude")) {
        Row price = inForce(meta.path("model").asText(), Instant.parse(event.path("t").asText()));
        assertThat(price.cost(meta.path("usage")))
            .isCloseTo(meta.path("cost_usd").asDouble(), within(COST_TOLERANCE_USD));
        calls++;
      }
    }
    assertThat(calls).isEqualTo(467);
  }

  private static Row inForce(String model, Instant at) {
    Row found = null;
    for (Row row : rows) {
      if (row.model().equals(model) && !row.from().isAfter(at)) {
        found = row;
      }
    }
    return requireNonNull(found, () -> "no price of " + model);
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

    double cost(JsonNode usage) {
      long read = usage.path("cached_input_tokens").asLong();
      long written = usage.path("cache_write_input_tokens").asLong();
      long plain = usage.path("input_tokens").asLong() - read - written;
      double perMillion =
          plain * input.doubleValue()
              + read * (cached == null ? input : cached).doubleValue()
              + written * (cacheWrite == null ? input : cacheWrite).doubleValue()
              + usage.path("output_tokens").asLong() * output.doubleValue();
      return perMillion / PER_MILLION;
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
