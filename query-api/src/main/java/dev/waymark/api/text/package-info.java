/** Words in what agents wrote: how text is cut into them, and how a query asks for them. */
@NullMarked
package dev.waymark.api.text;

import org.jspecify.annotations.NullMarked;
