package dev.waymark.api.pipeline;

/** Flink did not take a job; the message is the root of its reasons. */
public final class JobRefusedException extends Exception {
  JobRefusedException(String reason) {
    super(reason);
  }
}
