package dev.waymark.schemas.metric;

import dev.waymark.schemas.event.EventCodec;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a price table and gathers what is wrong with it. */
final class PriceTableParser {
  private static final String[] COLUMNS = PriceTable.HEADER.split(",");
  private static final int INPUT = 2;
  private static final int CACHED_INPUT = 3;
  private static final int CACHE_WRITE = 4;
  private static final int OUTPUT = 5;

  private final String[] lines;
  private final List<PriceTable.Entry> entries = new ArrayList<>();
  private final Map<String, Integer> lineOfKey = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int number;

  PriceTableParser(String csv) {
    this.lines = csv.split("\\R", -1);
  }

  PriceTable parse() throws InvalidPricesException {
    boolean headerSeen = false;
    for (number = 1; number <= lines.length; number++) {
      String line = lines[number - 1].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (headerSeen) {
        readPrice(line.split(",", -1));
      } else if (!line.equals(PriceTable.HEADER)) {
        problem("must be the header " + PriceTable.HEADER + ", was " + line);
      }
      headerSeen = true;
    }
    if (!headerSeen) {
      problems.add("must begin with the header " + PriceTable.HEADER);
    }
    if (!problems.isEmpty()) {
      throw new InvalidPricesException(problems);
    }
    return new PriceTable(entries);
  }

  private void readPrice(String[] cells) {
    if (cells.length != COLUMNS.length) {
      problem("must have " + COLUMNS.length + " columns, has " + cells.length);
      return;
    }
    String model = cells[0].strip();
    if (model.isEmpty()) {
      problem("model: required");
    }
    long from = time(cells[1].strip());
    Integer before = lineOfKey.putIfAbsent(model + ' ' + from, number);
    if (before != null) {
      problem("model: " + model + " has a price from this time in line " + before + " already");
    }
    double input = dollars(cells, INPUT);
    entries.add(
        new PriceTable.Entry(
            model,
            new Price(
                from,
                input,
                cells[CACHED_INPUT].isBlank() ? input : dollars(cells, CACHED_INPUT),
                cells[CACHE_WRITE].isBlank() ? input : dollars(cells, CACHE_WRITE),
                dollars(cells, OUTPUT))));
  }

  private long time(String text) {
    try {
      return EventCodec.parseTime(text);
    } catch (DateTimeException e) {
      problem("effective_from: must be an RFC 3339 time, was \"" + text + "\"");
      return 0;
    }
  }

  private double dollars(String[] cells, int column) {
    String text = cells[column].strip();
    try {
      double dollars = Double.parseDouble(text);
      if (dollars >= 0 && Double.isFinite(dollars)) {
        return dollars;
      }
      problem(COLUMNS[column] + ": must be a number of at least 0, was " + text);
    } catch (NumberFormatException e) {
      problem(COLUMNS[column] + ": must be a number, was \"" + text + "\"");
    }
    return 0;
  }

  private void problem(String text) {
    problems.add("line " + number + ": " + text);
  }
}
