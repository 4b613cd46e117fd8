/**
 * The dashboard's files, as browsers get them: packed, and under addresses that name their version.
 */
@NullMarked
package dev.waymark.api.dashboard;

import org.jspecify.annotations.NullMarked;
