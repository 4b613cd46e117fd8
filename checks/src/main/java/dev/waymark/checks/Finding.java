package dev.waymark.checks;

import dev.waymark.schemas.rule.Severity;

/**
 * Something that a check found in an event.
 *
 * @param kind what of the check's it is, in snake case: {@code email}, {@code missing}; the id of a
 *     policy
 * @param path where in the event, dotted: {@code payload.params.to[2]}; empty: the event as a
 *     whole. Personal data and secrets in it are replaced as in the event
 * @param message in plain words, without the secret or personal data itself
 */
public record Finding(
    CheckName check, String kind, Severity severity, String path, String message) {}
