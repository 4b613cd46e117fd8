package dev.waymark.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.waymark.api.doors.Json;
import dev.waymark.api.http.ProblemView.ParameterProblem;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a small JSON object in a body. Collects what is wrong with them, as {@link
 * Parameters} does; a field that is wrong counts as absent until {@link #check}.
 */
final class BodyFields {
  private static final int MAX_BYTES = 1 << 16;
  private static final int MAX_TEXT_LENGTH = 512;
  private static final int MAX_ITEMS = 100;

  private final JsonNode fields;
  private final Set<String> known = new TreeSet<>();
  private final List<ParameterProblem> problems = new ArrayList<>();

  private BodyFields(JsonNode fields) {
    this.fields = fields;
  }

  /** Throws {@link ProblemException}: 400, 413. */
  static BodyFields of(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      throw ProblemException.badBody("body", "must not be empty");
    }
    if (body.length > MAX_BYTES) {
      throw ProblemException.tooLargeBody("must have at most " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode fields = Json.read(body);
      if (!fields.isObject()) {
        throw ProblemException.badBody("body", "must be a JSON object");
      }
      return new BodyFields(fields);
    } catch (JsonProcessingException e) {
      throw ProblemException.badBody("body", "must be JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** Throws every problem there is, unknown fields too. */
  void check() {
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                refuse(name, "is not known; known are " + String.join(", ", known));
              }
            });
    if (!problems.isEmpty()) {
      throw ProblemException.badFields(problems);
    }
  }

  /** Text that is not empty; null where there is none. */
  @Nullable String text(String name) {
    JsonNode value = field(name);
    return value == null ? null : textOf(name, value);
  }

  /** The same where it must be there; empty where it is wrong. */
  String requiredText(String name) {
    String text = text(name);
    if (text == null && field(name) == null) {
      refuse(name, "required");
    }
    return text == null ? "" : text;
  }

  /** A list of texts; empty where there is none. */
  List<String> texts(String name) {
    JsonNode value = field(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.size() > MAX_ITEMS) {
      refuse(name, "must be an array of at most " + MAX_ITEMS + " texts");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      String text = textOf(name, item);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  boolean flag(String name) {
    JsonNode value = field(name);
    if (value != null && !value.isBoolean()) {
      refuse(name, "must be true or false");
    }
    return value != null && value.asBoolean();
  }

  /** A whole number; null where there is none. */
  @Nullable Integer number(String name, int min, int max) {
    JsonNode value = field(name);
    if (value == null) {
      return null;
    }
    if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
      refuse(name, "must be a whole number from " + min + " to " + max);
      return null;
    }
    return value.intValue();
  }

  /** A time in RFC 3339; null where there is none. */
  @Nullable Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Times.instant(EventCodec.parseTime(text));
    } catch (DateTimeException e) {
      refuse(name, "must be an RFC 3339 time such as 2025-01-31T12:00:00Z");
      return null;
    }
  }

  void refuse(String name, String reason) {
    problems.add(ParameterProblem.inBody(name, reason));
  }

  private @Nullable JsonNode field(String name) {
    known.add(name);
    JsonNode value = fields.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private @Nullable String textOf(String name, JsonNode value) {
    String text = value.textValue();
    if (text == null
        || text.isBlank()
        || text.length() > MAX_TEXT_LENGTH
        || text.indexOf('\0') >= 0) {
      refuse(name, "must be text of 1 to " + MAX_TEXT_LENGTH + " characters");
      return null;
    }
    return text;
  }
}
