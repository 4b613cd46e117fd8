/** What keyed operators share: state in memory that is written back, and what is known of a run. */
@NullMarked
package dev.waymark.jobs.engine;

import org.jspecify.annotations.NullMarked;
