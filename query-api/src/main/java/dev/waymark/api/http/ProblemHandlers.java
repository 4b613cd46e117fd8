package dev.waymark.api.http;

import dev.waymark.api.export.TooManyExportsException;
import dev.waymark.api.feed.FeedUnavailableException;
import dev.waymark.api.feed.TooManyWatchersException;
import dev.waymark.api.gateway.NotAcceptedException;
import dev.waymark.api.gateway.OverloadedException;
import dev.waymark.api.http.ProblemView.ParameterProblem;
import dev.waymark.api.ingest.KafkaUnavailableException;
import dev.waymark.api.payload.ObjectsUnavailableException;
import dev.waymark.api.pipeline.FlinkUnavailableException;
import dev.waymark.api.store.StoreUnavailableException;
import dev.waymark.api.store.UnanswerableException;
import dev.waymark.api.trailjob.ExplanationFailedException;
import dev.waymark.api.trailjob.TooManyJobsException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;
import java.util.List;

/** What each of our exceptions is answered with. */
@Factory
final class ProblemHandlers {
  private static final String RETRY_AFTER_SECONDS = "2";
  private static final String RETRY_AFTER_OVERLOAD_SECONDS = "1";

  @Singleton
  ExceptionHandler<ProblemException, HttpResponse<?>> ofCallers() {
    return (request, e) ->
        Problems.respond(request, e.status(), String.valueOf(e.getMessage()), e.errors());
  }

  @Singleton
  ExceptionHandler<UnanswerableException, HttpResponse<?>> ofData() {
    return (request, e) -> {
      String reason = String.valueOf(e.getMessage());
      return Problems.respond(
          request,
          HttpStatus.BAD_REQUEST,
          e.parameter() + ": " + reason,
          List.of(ParameterProblem.of(e.parameter(), reason)));
    };
  }

  @Singleton
  ExceptionHandler<StoreUnavailableException, HttpResponse<?>> ofTheStore() {
    return (request, e) -> unavailable(request, e);
  }

  @Singleton
  ExceptionHandler<FlinkUnavailableException, HttpResponse<?>> ofFlink() {
    return (request, e) -> unavailable(request, e);
  }

  @Singleton
  ExceptionHandler<TooManyJobsException, HttpResponse<?>> ofTooManyJobs() {
    return (request, e) ->
        Problems.respond(
            request, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(e.getMessage()), List.of());
  }

  @Singleton
  ExceptionHandler<TooManyWatchersException, HttpResponse<?>> ofTooManyWatchers() {
    return (request, e) -> unavailable(request, e);
  }

  @Singleton
  ExceptionHandler<TooManyExportsException, HttpResponse<?>> ofTooManyExports() {
    return (request, e) ->
        Problems.respond(
                request, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(e.getMessage()), List.of())
            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }

  @Singleton
  ExceptionHandler<FeedUnavailableException, HttpResponse<?>> ofTheFeed() {
    return (request, e) -> unavailable(request, e);
  }

  @Singleton
  ExceptionHandler<NotAcceptedException, HttpResponse<?>> ofTheBroker() {
    return (request, e) -> unavailable(request, e);
  }

  @Singleton
  ExceptionHandler<KafkaUnavailableException, HttpResponse<?>> ofTheRulesTopic() {
    return (request, e) -> unavailable(request, e);
  }

  /** The server unpacks bodies before any of our code sees them. */
  @Singleton
  ExceptionHandler<DecompressionException, HttpResponse<?>> ofPackedBodies() {
    return (request, e) ->
        Problems.respond(
            request,
            HttpStatus.BAD_REQUEST,
            "body: must be packed as its Content-Encoding says",
            List.of(
                ParameterProblem.inBody("body", "must be packed as its Content-Encoding says")));
  }

  @Singleton
  ExceptionHandler<ObjectsUnavailableException, HttpResponse<?>> ofTheObjectStore() {
    return (request, e) -> unavailable(request, e);
  }

  @Singleton
  ExceptionHandler<OverloadedException, HttpResponse<?>> ofOverload() {
    return (request, e) ->
        Problems.respond(
                request, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(e.getMessage()), List.of())
            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_OVERLOAD_SECONDS);
  }

  @Singleton
  ExceptionHandler<ExplanationFailedException, HttpResponse<?>> ofExplanations() {
    return (request, e) -> unavailable(request, e);
  }

  private static HttpResponse<?> unavailable(HttpRequest<?> request, RuntimeException e) {
    return Problems.respond(
            request, HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), List.of())
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
  }
}
