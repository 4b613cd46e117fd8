/** What a broken rule looks like to those who read it. */
@NullMarked
package dev.waymark.schemas.violation;

import org.jspecify.annotations.NullMarked;
