/**
 * The contracts every room of Waymark shares: events, rules, violations and metrics with their
 * codecs, topic names, and the SQL of the store. Depends on nothing else of Waymark.
 */
@NullMarked
package dev.waymark.schemas;

import org.jspecify.annotations.NullMarked;
