/** What an event is checked for before it is accepted, and how. */
@NullMarked
package dev.waymark.checks;

import org.jspecify.annotations.NullMarked;
