package dev.waymark.jobs.books;

import org.jspecify.annotations.Nullable;

/**
 * A total at a checkpoint.
 *
 * @param counter {@link BookCounter#code}
 * @param checkpointId the checkpoint at which all totals of the job belong together
 * @param watermarkMs event time up to which the job has worked, ms since the epoch; null: none yet
 */
public record BookRow(
    String job, String counter, long value, long checkpointId, @Nullable Long watermarkMs) {}
