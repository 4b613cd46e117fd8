/**
 * Writing rows to PostgreSQL: batched upserts that keep the last row a key and isolate what is
 * refused.
 */
@NullMarked
package dev.waymark.jobs.store;

import org.jspecify.annotations.NullMarked;
