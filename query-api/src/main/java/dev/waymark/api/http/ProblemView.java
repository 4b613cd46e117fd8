package dev.waymark.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what went wrong this time; never a stack trace
 * @param instance path of the request
 * @param errors each parameter or field that is wrong; left out where none is
 */
@Introspected
public record ProblemView(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<ParameterProblem> errors) {

  /**
   * One parameter, or one field of the body, that is wrong.
   *
   * @param parameter its name; left out where it is a field of the body
   * @param path of the field; left out where it is a parameter
   * @param reason what it must be, and what it was
   */
  @Introspected
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ParameterProblem(@Nullable String parameter, @Nullable String path, String reason) {
    static ParameterProblem of(String parameter, String reason) {
      return new ParameterProblem(parameter, null, reason);
    }

    static ParameterProblem inBody(String path, String reason) {
      return new ParameterProblem(null, path, reason);
    }
  }
}
