/** Whole lists as files, written page by page while they are read, in memory of constant size. */
@NullMarked
package dev.waymark.api.export;

import org.jspecify.annotations.NullMarked;
