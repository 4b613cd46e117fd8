package dev.waymark.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few fields of the token door, as JSON or, as OAuth clients send them, as a form. */
final class SignInForm {
  private static final int MAX_BYTES = 8_192;

  private final Map<String, String> fields;

  private SignInForm(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Throws {@link ProblemException}: 400, 413. */
  static SignInForm of(HttpRequest<?> request, byte @Nullable [] body) {
    if (body != null && body.length > MAX_BYTES) {
      throw ProblemException.tooLargeBody("must have at most " + MAX_BYTES + " bytes");
    }
    Optional<MediaType> type = request.getContentType();
    boolean isForm =
        type.filter(each -> each.getName().equals(MediaType.APPLICATION_FORM_URLENCODED))
            .isPresent();
    return new SignInForm(isForm && body != null ? form(body) : json(body));
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, List<String>> values;
    try {
      values =
          new QueryStringDecoder(
                  new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8, false)
              .parameters();
    } catch (IllegalArgumentException e) {
      throw ProblemException.badBody("body", "must be a form");
    }
    Map<String, String> fields = new HashMap<>();
    values.forEach((name, all) -> fields.put(name, all.get(0)));
    return fields;
  }

  private static Map<String, String> json(byte @Nullable [] body) {
    BodyFields fields = BodyFields.of(body);
    Map<String, String> values = new HashMap<>();
    for (String name :
        List.of("grant_type", "client_id", "client_secret", "refresh_token", "token", "scope")) {
      String value = fields.text(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    fields.check();
    return values;
  }
}
