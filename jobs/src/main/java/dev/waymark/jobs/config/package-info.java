/**
 * What can be set: typed records read from flags and environment, and the stable ids of operators.
 */
@NullMarked
package dev.waymark.jobs.config;

import org.jspecify.annotations.NullMarked;
