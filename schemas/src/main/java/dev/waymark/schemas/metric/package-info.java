/** Prices and latency sketches: the arithmetic that the metrics job and the query API share. */
@NullMarked
package dev.waymark.schemas.metric;

import org.jspecify.annotations.NullMarked;
