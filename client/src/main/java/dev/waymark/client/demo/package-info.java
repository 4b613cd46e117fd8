/**
 * {@code ./waymark demo}: simulated agents that misbehave now and then, in shares that are known.
 * The same seed and start give the same events.
 */
@NullMarked
package dev.waymark.client.demo;

import org.jspecify.annotations.NullMarked;
