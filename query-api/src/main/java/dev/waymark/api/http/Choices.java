package dev.waymark.api.http;

import dev.waymark.api.export.ExportFormat;
import dev.waymark.api.feed.FeedKind;
import dev.waymark.api.store.Granularity;
import dev.waymark.api.store.Grouping;
import dev.waymark.api.store.RunStatus;
import dev.waymark.schemas.event.DeadLetterReason;
import dev.waymark.schemas.event.Event;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The parameters that take one of a few values, and what they stand for. */
final class Choices {
  static final Map<String, Boolean> FLAGS = by(List.of(true, false), String::valueOf);
  static final Map<String, RunStatus> STATUSES = by(List.of(RunStatus.values()), Choices::code);
  static final Map<String, String> KINDS =
      same("sequence", "timelag", "missing_step", "frequency", "engine_limit", "check");
  static final Map<String, String> SEVERITIES = same("INFO", "WARNING", "ERROR", "CRITICAL");
  static final Map<String, String> EVENT_TYPES =
      same(
          Event.REASONING,
          Event.ACTION_REQUEST,
          Event.ACTION_RESPONSE,
          Event.FINAL_OUTPUT,
          Event.ERROR,
          Event.ENVIRONMENT);

  static final Map<String, ExportFormat> EXPORT_FORMATS =
      by(List.of(ExportFormat.values()), ExportFormat::code);

  /** What the live feed may be restricted to. */
  static final Map<String, FeedKind> FEED_KINDS =
      by(List.of(FeedKind.EVENT, FeedKind.VIOLATION, FeedKind.METRIC), kind -> kind.code() + "s");

  static final Map<String, String> RULE_STATES =
      same("active", "shadow", "disabled", "deleted", "superseded", "rejected");
  static final Map<String, String> FOUND_BY = same("draft", "live", "both");
  static final Map<String, String> DEAD_LETTER_REASONS =
      same(
          Arrays.stream(DeadLetterReason.values())
              .map(DeadLetterReason::code)
              .toArray(String[]::new));
  static final Map<String, String> ACCESS_KINDS = same("trail", "change");
  static final Map<String, Grouping> GROUPINGS = by(List.of(Grouping.values()), Choices::code);

  /** Whether payloads that were put away are shown. */
  static final Map<String, Boolean> PAYLOADS = Map.of("inline", true, "reference", false);

  static final Map<String, Optional<Granularity>> GRANULARITIES = granularities();

  private Choices() {}

  private static Map<String, Optional<Granularity>> granularities() {
    Map<String, Optional<Granularity>> choices = new LinkedHashMap<>();
    for (Granularity granularity : Granularity.values()) {
      choices.put(granularity.code(), Optional.of(granularity));
    }
    choices.put("auto", Optional.empty());
    return choices;
  }

  private static Map<String, String> same(String... values) {
    return by(List.of(values), Function.identity());
  }

  private static <T> Map<String, T> by(List<T> values, Function<T, String> name) {
    Map<String, T> choices = new LinkedHashMap<>();
    values.forEach(value -> choices.put(name.apply(value), value));
    return choices;
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
