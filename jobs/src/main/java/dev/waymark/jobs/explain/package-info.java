/** The job that explains a run: how every rule stands to it, and what it waits for. */
@NullMarked
package dev.waymark.jobs.explain;

import org.jspecify.annotations.NullMarked;
