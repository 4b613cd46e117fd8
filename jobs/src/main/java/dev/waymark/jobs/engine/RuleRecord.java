package dev.waymark.jobs.engine;

import java.io.Serializable;

/** A record of the rules topic as it lies there. */
public record RuleRecord(long offset, String json) implements Serializable {}
