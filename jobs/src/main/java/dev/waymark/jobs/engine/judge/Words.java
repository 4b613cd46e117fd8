package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.Mark;
import dev.waymark.schemas.rule.Correlation;
import dev.waymark.schemas.rule.FieldTest;
import dev.waymark.schemas.rule.MatchField;
import dev.waymark.schemas.rule.Matcher;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.Within;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain words for the parts of a rule, for messages. */
public final class Words {
  private static final int MAX_SHOWN = 80;

  private Words() {}

  /** {@code action_request book_*}, {@code event where event.payload.ok}. */
  public static String of(@Nullable Matcher matcher) {
    if (matcher == null) {
      return "event";
    }
    List<String> words = new ArrayList<>();
    for (FieldTest test : matcher.tests()) {
      String values = String.join(" or ", test.globs());
      boolean speaksForItself =
          test.field() == MatchField.TYPE || test.field() == MatchField.ACTION;
      words.add(speaksForItself ? values : test.field().code() + " " + values);
    }
    if (words.isEmpty()) {
      words.add("event");
    }
    if (matcher.not() != null) {
      words.add("not (" + of(matcher.not()) + ")");
    }
    if (matcher.where() != null) {
      words.add("where " + shortened(matcher.where()));
    }
    return String.join(" ", words);
  }

  /** {@code within 30 s}, {@code between 1 s and 30 s}; nothing without bounds. */
  public static String of(@Nullable Within within) {
    if (within == null) {
      return "";
    }
    return within.minMicros() == 0
        ? " within " + duration(within.maxMicros())
        : " between " + duration(within.minMicros()) + " and " + duration(within.maxMicros());
  }

  /** {@code with meta.call_id c7}; nothing for rules without {@code correlate}. */
  static String correlation(Rule rule, Mark mark) {
    if (rule.correlate().isEmpty()) {
      return "";
    }
    String paths =
        String.join(", ", rule.correlate().stream().map(Correlation::activationPath).toList());
    return mark.correlation() == null
        ? " (the event has no " + paths + ")"
        : " with "
            + paths
            + " "
            + shortened(mark.correlation().replace(Correlator.SEPARATOR, ", "));
  }

  /** {@code 30 s}, {@code 1 min 30 s}, {@code 2 d}, {@code 150 ms}. */
  public static String duration(long micros) {
    if (micros < 0) {
      return "-" + duration(-micros);
    }
    Duration duration = Duration.of(micros, ChronoUnit.MICROS);
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDaysPart(), "d");
    add(parts, duration.toHoursPart(), "h");
    add(parts, duration.toMinutesPart(), "min");
    add(parts, duration.toSecondsPart(), "s");
    add(parts, duration.toMillisPart(), "ms");
    add(parts, duration.toNanosPart() / 1_000 % 1_000, "µs");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  /** A figure to two decimals: {@code 3}, {@code 1.02}. */
  public static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static void add(List<String> parts, long value, String unit) {
    if (value != 0) {
      parts.add(value + " " + unit);
    }
  }

  private static String shortened(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
