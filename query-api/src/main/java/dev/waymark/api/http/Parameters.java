package dev.waymark.api.http;

import dev.waymark.api.http.ProblemView.ParameterProblem;
import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.Cursor;
import dev.waymark.api.store.PageRequest;
import dev.waymark.api.store.TimeRange;
import dev.waymark.api.text.TextQuery;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the parameters of one request into values and collects what is wrong with them, so that a
 * caller learns of all problems at once. A wrong parameter counts as absent until {@link #check}.
 */
final class Parameters {
  private static final int MAX_TEXT_LENGTH = 1_024;
  private static final int MAX_KEY_LENGTH = 128;
  private static final int DAY_LENGTH = "2025-01-31".length();

  private final List<ParameterProblem> problems = new ArrayList<>();

  /** Throws {@link ProblemException} (400) if anything read so far was wrong. */
  void check() {
    if (!problems.isEmpty()) {
      throw ProblemException.badParameters(problems);
    }
  }

  /**
   * What the request may see; throws what {@link dev.waymark.api.security.Caller#scope} throws.
   *
   * @param value the tenant it names; null: none
   */
  TenantScope tenant(@Nullable String value) {
    TenantScope scope = CurrentCaller.get().scope(name("tenant", value));
    scope.tenant().ifPresent(CurrentCaller::tellsOf);
    return scope;
  }

  /** Text of any kind, the empty one too. */
  @Nullable String text(String parameter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.length() > MAX_TEXT_LENGTH) {
      refuse(
          parameter, "must have at most " + MAX_TEXT_LENGTH + " characters, had " + value.length());
      return null;
    }
    if (value.indexOf('\0') >= 0) {
      refuse(parameter, "must not contain a NUL character");
      return null;
    }
    return value;
  }

  /** Text that is not empty. */
  @Nullable String name(String parameter, @Nullable String value) {
    if (value != null && value.isEmpty()) {
      refuse(parameter, "must not be empty");
      return null;
    }
    return text(parameter, value);
  }

  /** Text that is made part of an event's identity. */
  @Nullable String key(String parameter, @Nullable String value) {
    if (value != null && value.length() > MAX_KEY_LENGTH) {
      refuse(
          parameter, "must have at most " + MAX_KEY_LENGTH + " characters, had " + value.length());
      return null;
    }
    return name(parameter, value);
  }

  /** One of the names, each standing for its value. */
  <T> @Nullable T oneOf(String parameter, @Nullable String value, Map<String, T> values) {
    if (value == null) {
      return null;
    }
    T found = values.get(value);
    if (found == null) {
      refuse(
          parameter,
          "must be one of " + String.join(", ", values.keySet()) + ", was " + quoted(value));
    }
    return found;
  }

  /** Some of the names, comma-separated; none where nothing was given. */
  <T> Set<T> someOf(String parameter, @Nullable String value, Map<String, T> values) {
    Set<T> chosen = new LinkedHashSet<>();
    if (value != null) {
      for (String name : value.split(",", -1)) {
        T one = oneOf(parameter, name, values);
        if (one != null) {
          chosen.add(one);
        }
      }
    }
    return chosen;
  }

  /** Words that are searched for; empty where nothing was given. */
  Optional<TextQuery> words(String parameter, @Nullable String value) {
    String text = text(parameter, value);
    if (text == null) {
      return Optional.empty();
    }
    Optional<TextQuery> query = TextQuery.parse(text);
    if (query.isEmpty()) {
      refuse(parameter, "must have from 1 to 16 words of letters or digits, was " + quoted(value));
    }
    return query;
  }

  /** Names that were given must be among those that are known. */
  void known(Set<String> given, Set<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        refuse(name, "is not known here; known are " + String.join(", ", known));
      }
    }
  }

  @Nullable Boolean flag(String parameter, @Nullable String value) {
    return oneOf(parameter, value, Choices.FLAGS);
  }

  int number(String parameter, @Nullable String value, int absent, int min, int max) {
    if (value == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of range.
    }
    refuse(
        parameter, "must be a whole number from " + min + " to " + max + ", was " + quoted(value));
    return absent;
  }

  /** Text that must be given. */
  String required(String parameter, @Nullable String value) {
    String given = name(parameter, value);
    if (value == null) {
      refuse(parameter, "must be given");
    }
    return given == null ? "" : given;
  }

  /** A whole number of at least 0 that must be given. */
  long requiredNumber(String parameter, @Nullable String value) {
    try {
      long number = Long.parseLong(required(parameter, value));
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a negative number.
    }
    if (value != null) {
      refuse(parameter, "must be a whole number of at least 0, was " + quoted(value));
    }
    return 0;
  }

  TimeRange range(@Nullable String from, @Nullable String to) {
    return ordered("from", from, time("from", from), "to", time("to", to));
  }

  /** Times, or days in UTC; the last day is part of the range. */
  TimeRange days(@Nullable String from, @Nullable String to) {
    Instant start = isDay(from) ? day("start_date", from, 0) : time("start_date", from);
    Instant end = isDay(to) ? day("end_date", to, 1) : time("end_date", to);
    return ordered("start_date", from, start, "end_date", end);
  }

  private TimeRange ordered(
      String startName,
      @Nullable String startText,
      @Nullable Instant start,
      String endName,
      @Nullable Instant end) {
    if (start != null && end != null && end.isBefore(start)) {
      refuse(startName, "must not be after " + endName + ", was " + quoted(startText));
    }
    return new TimeRange(start, end);
  }

  private static boolean isDay(@Nullable String value) {
    return value != null && value.length() == DAY_LENGTH;
  }

  private @Nullable Instant day(String parameter, @Nullable String value, int daysLater) {
    Instant start = time(parameter, value + "T00:00:00Z");
    return start == null ? null : start.plus(daysLater, ChronoUnit.DAYS);
  }

  PageRequest page(Cursor.Kind list, @Nullable String limit, @Nullable String cursor) {
    return page(list, limit, cursor, PageRequest.MAX_LIMIT);
  }

  /** A page of a list whose items are small enough for more of them. */
  PageRequest page(Cursor.Kind list, @Nullable String limit, @Nullable String cursor, int max) {
    int items = number("limit", limit, PageRequest.DEFAULT_LIMIT, 1, max);
    if (cursor == null) {
      return new PageRequest(items, Optional.empty());
    }
    Optional<Cursor> after = Cursor.decode(list, cursor);
    if (after.isEmpty()) {
      refuse("cursor", "must be the next_cursor of an earlier page of this list");
    }
    return new PageRequest(items, after);
  }

  /** A time; null where none was given. */
  @Nullable Instant time(String parameter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return Times.instant(EventCodec.parseTime(value));
    } catch (DateTimeException e) {
      refuse(
          parameter, "must be an RFC 3339 time such as 2025-01-31T12:00:00Z, was " + quoted(value));
      return null;
    }
  }

  /** Notes that a parameter is wrong. */
  void refuse(String parameter, String reason) {
    problems.add(ParameterProblem.of(parameter, reason));
  }

  private static String quoted(@Nullable String value) {
    return "\"" + value + "\"";
  }
}
