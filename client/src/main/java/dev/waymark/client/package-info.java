/**
 * The agents' Java SDK: build events, publish them to Kafka, with limits that are said and no
 * silent loss. {@link dev.waymark.client.WaymarkClient} is where to start. The sub-packages are the
 * command line on it.
 */
@NullMarked
package dev.waymark.client;

import org.jspecify.annotations.NullMarked;
