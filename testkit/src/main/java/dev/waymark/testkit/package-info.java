/** Event builders, a naive reference evaluator of the rules, and real servers for tests. */
@NullMarked
package dev.waymark.testkit;

import org.jspecify.annotations.NullMarked;
