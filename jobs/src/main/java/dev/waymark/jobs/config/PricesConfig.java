package dev.waymark.jobs.config;

import dev.waymark.schemas.metric.InvalidPricesException;
import dev.waymark.schemas.metric.PriceTable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The price table as it was when the job was submitted; it travels in the job graph, so that all
 * instances price alike.
 *
 * @param csv content of the file; empty: no model has a price
 */
public record PricesConfig(String csv) implements Serializable {
  static final Setting<String> FILE =
      Setting.text("prices.file", "", "Price table (CSV), read at submission; empty: none.");

  public static PricesConfig from(Settings settings) {
    String file = settings.get(FILE);
    if (file.isEmpty()) {
      return new PricesConfig("");
    }
    try {
      PricesConfig config = new PricesConfig(Files.readString(Path.of(file)));
      config.tryParse();
      return config;
    } catch (IOException e) {
      settings.problem(FILE.flag() + ": cannot be read: " + e);
    } catch (InvalidPricesException e) {
      e.problems().forEach(p -> settings.problem(FILE.flag() + ": " + file + ": " + p));
    }
    return new PricesConfig("");
  }

  /** The table; it was valid when the configuration was read. */
  public PriceTable parse() {
    try {
      return tryParse();
    } catch (InvalidPricesException e) {
      throw new IllegalStateException("the price table was valid at submission", e);
    }
  }

  private PriceTable tryParse() throws InvalidPricesException {
    return csv.isEmpty() ? PriceTable.empty() : PriceTable.parse(csv);
  }

  @Override
  public String toString() {
    return "PricesConfig[" + csv.lines().count() + " lines]";
  }
}
