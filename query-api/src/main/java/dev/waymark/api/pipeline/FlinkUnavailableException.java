package dev.waymark.api.pipeline;

/** Flink's REST API cannot answer now and may later. */
public final class FlinkUnavailableException extends RuntimeException {
  FlinkUnavailableException(String message) {
    super(message);
  }

  FlinkUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
