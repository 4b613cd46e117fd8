package dev.waymark.schemas.metric;

import dev.waymark.schemas.rule.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prices of models over time. Immutable but for a bounded cache of look-ups; safe for concurrent
 * use.
 *
 * <p>A model's price is that of the most specific glob that matches its name (an exact name beats
 * every glob, a longer glob a shorter one) and has a price in force at the time; of that glob's
 * prices the latest that has begun.
 */
public final class PriceTable {
  /** What a file's first line says. */
  public static final String HEADER =
      "model,effective_from,input_usd_per_mtok,cached_input_usd_per_mtok,"
          + "cache_write_usd_per_mtok,output_usd_per_mtok";

  /** Names come from events, so nothing bounds how many there are. */
  private static final int MAX_CACHED_MODELS = 10_000;

  /** A line of the table. */
  record Entry(String glob, Price price) {}

  private static final Comparator<Entry> MOST_SPECIFIC_FIRST =
      Comparator.<Entry, Boolean>comparing(entry -> !Glob.isLiteral(entry.glob()))
          .thenComparing(entry -> -entry.glob().length())
          .thenComparing(Entry::glob)
          .thenComparing(entry -> -entry.price().effectiveFromMicros());

  private final List<Entry> entries;
  private final Map<String, List<Price>> cache = new ConcurrentHashMap<>();

  PriceTable(List<Entry> entries) {
    this.entries = entries.stream().sorted(MOST_SPECIFIC_FIRST).toList();
  }

  /** Without any price: nothing can be priced. */
  public static PriceTable empty() {
    return new PriceTable(List.of());
  }

  /**
   * Reads CSV: the line {@link #HEADER}, then a line a price; empty lines and those that begin with
   * {@code #} are skipped. {@code model} is a glob, {@code effective_from} an RFC 3339 time. A
   * missing cached price or cache-write price is the input price.
   *
   * @throws InvalidPricesException with every problem and its line
   */
  public static PriceTable parse(String csv) throws InvalidPricesException {
    return new PriceTableParser(csv).parse();
  }

  /** The model's price in force at a time, in µs since the epoch. */
  public Optional<Price> at(String model, long timeMicros) {
    List<Price> prices = cache.get(model);
    if (prices == null) {
      prices = pricesOf(model);
      if (cache.size() >= MAX_CACHED_MODELS) {
        cache.clear();
      }
      cache.put(model, prices);
    }
    for (Price price : prices) {
      if (price.effectiveFromMicros() <= timeMicros) {
        return Optional.of(price);
      }
    }
    return Optional.empty();
  }

  /** Every price that can apply to the model, the one to prefer first. */
  private List<Price> pricesOf(String model) {
    List<Price> prices = new ArrayList<>();
    for (Entry entry : entries) {
      if (Glob.matches(entry.glob(), model)) {
        prices.add(entry.price());
      }
    }
    return List.copyOf(prices);
  }
}
