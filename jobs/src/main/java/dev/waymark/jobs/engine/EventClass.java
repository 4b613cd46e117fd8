package dev.waymark.jobs.engine;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.MatchField;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event that few values of occur: what rules can match such events is worked out
 * once.
 */
record EventClass(
    String type, String actor, String agent, @Nullable String action, @Nullable String status) {

  static EventClass of(Event event) {
    return new EventClass(
        event.type(), event.actor(), event.agentId(), event.action(), event.status());
  }

  @Nullable String field(MatchField field) {
    return switch (field) {
      case TYPE -> type;
      case ACTOR -> actor;
      case AGENT -> agent;
      case ACTION -> action;
      case STATUS -> status;
      case RESOURCE, MODEL ->
          throw new IllegalArgumentException(field + " is no field of an event class");
    };
  }
}
