/** What the API answers on millions of stored events, beside the database alone. */
@NullMarked
package dev.waymark.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
