/**
 * {@code waymark check}: the validation job over finished files, in one process, without any
 * server.
 */
@NullMarked
package dev.waymark.jobs.check;

import org.jspecify.annotations.NullMarked;
