/**
 * The API's configuration: one typed record, read from the environment in one place, checked before
 * anything starts.
 */
@NullMarked
package dev.waymark.api.config;

import org.jspecify.annotations.NullMarked;
