package dev.waymark.jobs.books;

/**
 * What one operator instance counted since the last checkpoint.
 *
 * @param counter whose total changes
 * @param delta by how much; below 0 where something stopped waiting
 */
public record BookDelta(BookCounter counter, long delta) {}
