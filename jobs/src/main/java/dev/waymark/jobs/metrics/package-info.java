/** The metrics job: events, errors, tokens, cost and latency a minute, an hour, a day. */
@NullMarked
package dev.waymark.jobs.metrics;

import org.jspecify.annotations.NullMarked;
