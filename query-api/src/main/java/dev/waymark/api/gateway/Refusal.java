package dev.waymark.api.gateway;

/**
 * A record that may not pass.
 *
 * @param submission as it is to be recorded
 * @param rejection what its sender is told
 */
record Refusal(Submission submission, Rejection rejection) {}
