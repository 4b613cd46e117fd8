/**
 * What happens right now, for those who watch: one reader of Kafka a process, a bounded ring in
 * memory, and any number of watchers that each read the ring at their own pace.
 */
@NullMarked
package dev.waymark.api.feed;

import org.jspecify.annotations.NullMarked;
