package dev.waymark.api.doors;

/** A part of a request that cannot become an event, and which field of it is to blame. */
public final class UnmappableException extends Exception {
  private final String path;

  public UnmappableException(String path, String reason) {
    super(reason, null, false, false);
    this.path = path;
  }

  /** Of the field, within that part. */
  public String path() {
    return path;
  }

  /** What it must be, and what it was. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
