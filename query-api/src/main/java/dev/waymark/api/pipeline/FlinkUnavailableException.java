package dev.waymark.api.pipeline;

/** Flink's REST API cannot answer now and may later. */
final class FlinkUnavailableException extends RuntimeException {
  FlinkUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
