/** Random logs and random valid rules for property tests; small, so that their edges meet often. */
@NullMarked
package dev.waymark.testkit.random;

import org.jspecify.annotations.NullMarked;
