/** Applies the SQL migrations of the store. */
@NullMarked
package dev.waymark.schemas.db;

import org.jspecify.annotations.NullMarked;
