package dev.waymark.api.http;

import dev.waymark.api.http.ProblemView.ParameterProblem;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Every error there is, as {@code application/problem+json}: what our handlers answer and what the
 * framework finds wrong before any of our code runs.
 */
@Singleton
@Primary
final class Problems implements ErrorResponseProcessor<ProblemView> {
  private static final String OUR_FAULT = "The server failed; its log holds the cause.";

  @Override
  public MutableHttpResponse<ProblemView> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = HttpStatus.valueOf(response.code());
    return fill(response, context.getRequest(), status, detail(context, status), List.of());
  }

  /** A whole response. */
  static MutableHttpResponse<ProblemView> respond(
      HttpRequest<?> request, HttpStatus status, String detail, List<ParameterProblem> errors) {
    return fill(HttpResponse.status(status), request, status, detail, errors);
  }

  private static MutableHttpResponse<ProblemView> fill(
      MutableHttpResponse<?> response,
      HttpRequest<?> request,
      HttpStatus status,
      String detail,
      List<ParameterProblem> errors) {
    ProblemView problem =
        new ProblemView(
            "about:blank", status.getReason(), status.getCode(), detail, request.getPath(), errors);
    return response.body(problem).contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
  }

  private static String detail(ErrorContext context, HttpStatus status) {
    if (status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
      return OUR_FAULT;
    }
    if (status == HttpStatus.NOT_FOUND) {
      return "There is nothing at this address.";
    }
    return context.getErrors().isEmpty()
        ? status.getReason()
        : context.getErrors().get(0).getMessage();
  }
}
