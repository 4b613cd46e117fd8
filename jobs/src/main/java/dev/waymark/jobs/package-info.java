/** The Flink jobs: validation, metrics and trail. */
@NullMarked
package dev.waymark.jobs;

import org.jspecify.annotations.NullMarked;
