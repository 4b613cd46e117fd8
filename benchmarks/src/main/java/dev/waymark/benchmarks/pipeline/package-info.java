/** The pipeline as it runs: broker, jobs and database together. */
@NullMarked
package dev.waymark.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
