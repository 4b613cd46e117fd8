package dev.waymark.api.trailjob;

import dev.waymark.api.store.TrailJobKind;

/** As many jobs of a kind wait or run as may. */
public final class TooManyJobsException extends RuntimeException {
  TooManyJobsException(TrailJobKind kind, int max) {
    super("as many wait or run already as may (" + kind.code() + ": " + max + "); try again later");
  }
}
