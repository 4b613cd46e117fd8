/** Public process logs as events and rules, with the verdicts others reached. */
@NullMarked
package dev.waymark.testkit.logs;

import org.jspecify.annotations.NullMarked;
