/** Finds injection and secrets in text. */
@NullMarked
package dev.waymark.checks.attack;

import org.jspecify.annotations.NullMarked;
