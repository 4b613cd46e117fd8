/**
 * What agents publish: the event contract, its control records, and what could not be read of it.
 */
@NullMarked
package dev.waymark.schemas.event;

import org.jspecify.annotations.NullMarked;
