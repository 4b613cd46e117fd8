/** The HTTP API: gateway, queries, live feed, reports and dashboard. */
@NullMarked
package dev.waymark.api;

import org.jspecify.annotations.NullMarked;
