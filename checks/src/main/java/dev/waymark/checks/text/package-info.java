/** The texts of an event, where they lie in its bytes, and how parts of them are redacted. */
@NullMarked
package dev.waymark.checks.text;

import org.jspecify.annotations.NullMarked;
