package dev.waymark.schemas.rule;

import dev.waymark.schemas.event.Event;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of an event that a matcher may name. */
public enum MatchField {
  TYPE,
  ACTOR,
  AGENT,
  ACTION,
  STATUS,
  RESOURCE,
  MODEL;

  /** The name as it is written in rules. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its value in an event; null where the event has none. */
  public @Nullable String of(Event event) {
    return switch (this) {
      case TYPE -> event.type();
      case ACTOR -> event.actor();
      case AGENT -> event.agentId();
      case ACTION -> event.action();
      case STATUS -> event.status();
      case RESOURCE -> event.resource();
      case MODEL -> event.model();
    };
  }
}
