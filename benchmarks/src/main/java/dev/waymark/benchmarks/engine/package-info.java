/** The rule engine beside other ways to do the same work. */
@NullMarked
package dev.waymark.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
