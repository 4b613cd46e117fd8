package dev.waymark.api.security;

/** What a route does, which decides how often it may be asked and whether it is logged. */
public enum AccessKind {
  /** Reads what tells nothing of single events. */
  READ,
  /** Reads trails: every read is logged. */
  TRAIL,
  /** Changes something: every change is logged. */
  CHANGE,
  /** Takes events; the events themselves are the record. */
  INGEST,
  /** Needs no credential. */
  PUBLIC,
  /** A file of a page: needs no credential, and as many as a page has lie in memory. */
  FILE;

  /** Whether anybody may use it. */
  public boolean isOpen() {
    return this == PUBLIC || this == FILE;
  }
}
