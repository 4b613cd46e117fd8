/** How the jobs fare: Flink's REST API, Kafka's offsets and the jobs' own books, put together. */
@NullMarked
package dev.waymark.api.pipeline;

import org.jspecify.annotations.NullMarked;
