/** What the checks at the doors found, on its way from Kafka to the database. */
@NullMarked
package dev.waymark.api.findings;

import org.jspecify.annotations.NullMarked;
