package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.schemas.rule.Matcher;
import dev.waymark.schemas.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * One of the two events a rule relates: {@code succession} asks of its target what {@code
 * precedence} asks of its activation.
 */
enum Side {
  ACTIVATION(Judge.ACTIVATION, "activation"),
  TARGET(Judge.TARGET, "target");

  private final long symbol;
  private final String role;

  Side(long symbol, String role) {
    this.symbol = symbol;
    this.role = role;
  }

  boolean isIn(long symbols) {
    return (symbols & symbol) != 0;
  }

  Mark mark(Hearing hearing, EventView event) {
    return this == ACTIVATION ? hearing.activation(event) : hearing.target(event);
  }

  @Nullable Matcher matcher(Rule rule) {
    return this == ACTIVATION ? rule.activation() : rule.target();
  }

  String role() {
    return role;
  }

  Side other() {
    return this == ACTIVATION ? TARGET : ACTIVATION;
  }
}
