/** What the API shows: one interface a resource, thin controllers, problem+json for every error. */
@NullMarked
package dev.waymark.api.http;

import org.jspecify.annotations.NullMarked;
