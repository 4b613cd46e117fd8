/** The whole stack on one machine, as child processes. */
@NullMarked
package dev.waymark.local;

import org.jspecify.annotations.NullMarked;
