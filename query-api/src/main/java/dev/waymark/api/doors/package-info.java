/**
 * What each door takes, mapped to the one event contract. Pure: nothing here waits for anybody. The
 * table of all mappings is DOORS.md.
 */
@NullMarked
package dev.waymark.api.doors;

import org.jspecify.annotations.NullMarked;
