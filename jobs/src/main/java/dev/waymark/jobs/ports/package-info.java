/**
 * What the jobs read and write: Kafka in production, files and memory in tests and for finished
 * logs.
 */
@NullMarked
package dev.waymark.jobs.ports;

import org.jspecify.annotations.NullMarked;
