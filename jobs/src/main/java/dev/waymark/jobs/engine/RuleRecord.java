package dev.waymark.jobs.engine;

/** A record of the rules topic as it lies there. */
public record RuleRecord(long offset, String json) {}
