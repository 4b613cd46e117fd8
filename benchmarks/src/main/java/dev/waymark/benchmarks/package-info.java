/** Measurements: JMH for single parts, a seeded generator for the jobs end to end. */
@NullMarked
package dev.waymark.benchmarks;

import org.jspecify.annotations.NullMarked;
