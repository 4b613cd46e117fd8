/** The agents' Java SDK and the command line that speaks Kafka and HTTP. */
@NullMarked
package dev.waymark.client;

import org.jspecify.annotations.NullMarked;
