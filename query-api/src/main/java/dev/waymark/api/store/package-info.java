/**
 * What the API reads from the database. All SQL is here, all values in it are bound, and every
 * statement sees only the tenants of its scope.
 */
@NullMarked
package dev.waymark.api.store;

import org.jspecify.annotations.NullMarked;
