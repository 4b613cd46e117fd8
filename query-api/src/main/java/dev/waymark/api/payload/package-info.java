/** Payloads that are too large for a record: kept apart, by tenant and hash. */
@NullMarked
package dev.waymark.api.payload;

import org.jspecify.annotations.NullMarked;
