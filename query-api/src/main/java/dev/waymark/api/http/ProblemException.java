package dev.waymark.api.http;

import dev.waymark.api.gateway.Rejection;
import dev.waymark.api.http.ProblemView.ParameterProblem;
import dev.waymark.schemas.rule.Problem;
import io.micronaut.http.HttpStatus;
import java.util.List;

/** A request that cannot be answered, for a reason that the caller is told. */
final class ProblemException extends RuntimeException {
  private final HttpStatus status;
  private final List<ParameterProblem> errors;

  private ProblemException(HttpStatus status, String detail, List<ParameterProblem> errors) {
    super(detail);
    this.status = status;
    this.errors = List.copyOf(errors);
  }

  static ProblemException notFound(String what, String id) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, what + " \"" + id + "\" is not known", List.of());
  }

  static ProblemException tooLarge(String what, int maxBytes, int bytes) {
    return new ProblemException(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        what + " must have at most " + maxBytes + " bytes, had " + bytes,
        List.of());
  }

  /** The paths of the problems stand for the parameters. */
  static ProblemException badRules(List<Problem> problems) {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_ENTITY,
        problems.get(0).toString(),
        problems.stream()
            .map(problem -> ParameterProblem.of(problem.path(), problem.message()))
            .toList());
  }

  /** A record that would only be refused once more. */
  static ProblemException refusedAgain(Rejection rejection) {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_ENTITY,
        "it would be refused again: " + rejection.path() + ": " + rejection.reason(),
        List.of(ParameterProblem.inBody(rejection.path(), rejection.reason())));
  }

  /** A body that cannot be read, or a field of it that is wrong. */
  static ProblemException badBody(String path, String reason) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        path + ": " + reason,
        List.of(ParameterProblem.inBody(path, reason)));
  }

  /** Fields of a body that are wrong. */
  static ProblemException badFields(List<ParameterProblem> errors) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST, errors.get(0).path() + ": " + errors.get(0).reason(), errors);
  }

  static ProblemException conflict(String detail) {
    return new ProblemException(HttpStatus.CONFLICT, detail, List.of());
  }

  static ProblemException unauthorized(String detail) {
    return new ProblemException(HttpStatus.UNAUTHORIZED, detail, List.of());
  }

  static ProblemException forbidden(String detail) {
    return new ProblemException(HttpStatus.FORBIDDEN, detail, List.of());
  }

  static ProblemException tooLargeBody(String reason) {
    return new ProblemException(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
        "body: " + reason,
        List.of(ParameterProblem.inBody("body", reason)));
  }

  static ProblemException unsupported(String header, String reason) {
    return new ProblemException(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        header + ": " + reason,
        List.of(ParameterProblem.of(header, reason)));
  }

  static ProblemException badParameters(List<ParameterProblem> errors) {
    String detail = errors.get(0).parameter() + ": " + errors.get(0).reason();
    return new ProblemException(HttpStatus.BAD_REQUEST, detail, errors);
  }

  HttpStatus status() {
    return status;
  }

  List<ParameterProblem> errors() {
    return errors;
  }
}
