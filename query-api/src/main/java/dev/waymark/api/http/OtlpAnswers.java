package dev.waymark.api.http;

import com.google.protobuf.CodedOutputStream;
import dev.waymark.api.gateway.Receipt;
import dev.waymark.api.gateway.Rejection;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** OTLP's own responses. */
final class OtlpAnswers {
  static final String PROTOBUF = "application/x-protobuf";
  static final String JSON = "application/json";

  private static final String RETRY_AFTER_SECONDS = "2";

  /** Codes of google.rpc.Status. */
  private static final int INVALID_ARGUMENT = 3;

  private static final int UNAVAILABLE = 14;
  private static final int CODE_FIELD = 1;
  private static final int MESSAGE_FIELD = 2;

  private OtlpAnswers() {}

  static HttpResponse<?> json(Receipt receipt, int ignored) {
    Map<String, Object> partial = new LinkedHashMap<>();
    if (rejectedSpans(receipt) > 0) {
      // 64-bit numbers are text there.
      partial.put("rejectedSpans", String.valueOf(rejectedSpans(receipt)));
    }
    String message = message(receipt, ignored);
    if (!message.isEmpty()) {
      partial.put("errorMessage", message);
    }
    return HttpResponse.ok(partial.isEmpty() ? Map.of() : Map.of("partialSuccess", partial))
        .contentType(JSON);
  }

  static HttpResponse<?> protobuf(Receipt receipt, int ignored) {
    ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
    String message = message(receipt, ignored);
    if (!message.isEmpty()) {
      response.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(rejectedSpans(receipt))
              .setErrorMessage(message));
    }
    return HttpResponse.ok(response.build().toByteArray()).contentType(PROTOBUF);
  }

  /** A google.rpc.Status, which OTLP wants of every failure. */
  static HttpResponse<?> failure(HttpStatus status, RuntimeException problem) {
    boolean mayRetry =
        status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS;
    MutableHttpResponse<byte[]> response =
        HttpResponse.<byte[]>status(status)
            .body(
                status(
                    mayRetry ? UNAVAILABLE : INVALID_ARGUMENT,
                    String.valueOf(problem.getMessage())))
            .contentType(PROTOBUF);
    return mayRetry ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS) : response;
  }

  private static long rejectedSpans(Receipt receipt) {
    return receipt.rejected().stream().mapToInt(Rejection::index).distinct().count();
  }

  /** A warning where nothing was refused. */
  private static String message(Receipt receipt, int ignored) {
    if (!receipt.rejected().isEmpty()) {
      Rejection first = receipt.rejected().get(0);
      return "span " + first.index() + ": " + first.path() + ": " + first.reason();
    }
    return ignored == 0 ? "" : ignored + " spans tell of no agent, model or tool and were not kept";
  }

  private static byte[] status(int code, String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt32(CODE_FIELD, code);
      out.writeString(MESSAGE_FIELD, message);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
