package dev.waymark.api.payload;

/** The object store cannot answer now and may later. */
public final class ObjectsUnavailableException extends RuntimeException {
  ObjectsUnavailableException(Throwable cause) {
    super("the store of large payloads does not answer", cause);
  }
}
