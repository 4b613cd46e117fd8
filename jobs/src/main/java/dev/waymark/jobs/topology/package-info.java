/**
 * The operators and wiring that all jobs share: from the source to accepted records, and the books.
 */
@NullMarked
package dev.waymark.jobs.topology;

import org.jspecify.annotations.NullMarked;
