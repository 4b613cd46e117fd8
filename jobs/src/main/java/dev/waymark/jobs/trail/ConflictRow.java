package dev.waymark.jobs.trail;

import dev.waymark.jobs.ports.Incoming;

/**
 * A row of table {@code conflicts}: an event whose identity was taken by one with other bytes.
 *
 * @param sha256 of its bytes
 */
public record ConflictRow(Incoming incoming, byte[] sha256) {}
