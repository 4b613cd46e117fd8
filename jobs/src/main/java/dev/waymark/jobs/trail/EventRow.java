package dev.waymark.jobs.trail;

import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.metric.EventCost;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code events}. Immutable.
 *
 * @param incoming the event, with the action it was found to answer
 * @param cost of its model call; null where it stands for none
 * @param sha256 of its bytes
 */
@TypeInfo(EventRowTypeInfoFactory.class)
public record EventRow(Incoming incoming, @Nullable EventCost cost, byte[] sha256) {

  /** The same row once the request that it answers is known. */
  EventRow withAction(String action) {
    Incoming joined = incoming.withDecoded(incoming.event().withAction(action));
    return new EventRow(joined, cost, sha256);
  }
}
