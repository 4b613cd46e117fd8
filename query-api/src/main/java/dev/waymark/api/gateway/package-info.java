/**
 * The way of an event from a door to Kafka: its structure is checked, it passes the gate, and it
 * counts as accepted once the broker has acknowledged it.
 */
@NullMarked
package dev.waymark.api.gateway;

import org.jspecify.annotations.NullMarked;
