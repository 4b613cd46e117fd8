/** Finds personal data in text. */
@NullMarked
package dev.waymark.checks.pii;

import org.jspecify.annotations.NullMarked;
