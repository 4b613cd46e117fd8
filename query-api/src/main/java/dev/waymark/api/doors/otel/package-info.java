/** OpenTelemetry spans with GenAI attributes, in three generations of names, as events. */
@NullMarked
package dev.waymark.api.doors.otel;

import org.jspecify.annotations.NullMarked;
