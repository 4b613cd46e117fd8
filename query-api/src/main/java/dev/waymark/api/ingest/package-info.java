/**
 * What the API keeps in order as the control plane: the schema, the topics, the first rules, and
 * the heartbeats that carry time.
 */
@NullMarked
package dev.waymark.api.ingest;

import org.jspecify.annotations.NullMarked;
