/** The trail job: every event once, every run in a row, every conflict kept. */
@NullMarked
package dev.waymark.jobs.trail;

import org.jspecify.annotations.NullMarked;
