/** {@code ./waymark rules}: the live rule set, which is the compacted rules topic. */
@NullMarked
package dev.waymark.client.rules;

import org.jspecify.annotations.NullMarked;
