package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.MatcherState;
import dev.waymark.jobs.engine.RuleState;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;

/**
 * Judges one rule in one case at a time: what it knows of the case is in the {@link RuleState} it
 * is handed, so one judge serves all cases. Events come in the case's order; deadlines before an
 * event fire before it, a deadline at an event's own time fires after it.
 */
public interface Judge {
  /** Symbol of an event that matches the activation, or {@code when}. */
  long ACTIVATION = 1;

  /** Symbol of an event that matches the target. */
  long TARGET = 2;

  /** A deadline that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** Most steps a rule may have: each has a symbol, and a symbol is a bit. */
  int MAX_STEPS = 60;

  /** Symbol of an event that matches the i-th step, from 0. */
  static long step(int i) {
    return 4L << i;
  }

  /**
   * An event that has a symbol of the rule; or any event where the state {@link #awaitsNext} or the
   * judge watches all.
   */
  void onEvent(Hearing hearing, RuleState state, EventView event, long symbols);

  /** The case ends. What is still open is decided. */
  default void onEnd(Hearing hearing, RuleState state, long endMicros) {}

  /**
   * The case begins; only for judges that {@link #startsWithCase}, before {@link #onEvent} of the
   * first event.
   */
  default void onStart(Hearing hearing, RuleState state) {}

  /** The next deadline in µs, {@link #NEVER} where there is none. */
  default long due(Hearing hearing, RuleState state) {
    return NEVER;
  }

  /** The deadline has come; afterwards {@link #due} is later. */
  default void onDue(Hearing hearing, RuleState state, long dueMicros) {}

  /** Whether it wants the very next event, whatever that is. */
  default boolean awaitsNext(RuleState state) {
    return false;
  }

  /**
   * Whether an event with these symbols can begin anything in a case that the rule has not touched;
   * where not, the event costs nothing.
   */
  default boolean opensWith(long symbols) {
    return true;
  }

  /** Whether it keeps a state from the case's first event on. */
  default boolean startsWithCase() {
    return false;
  }

  /** Whether it wants every event. */
  default boolean watchesEveryEvent() {
    return false;
  }

  /** Whether a case that never touched the rule is decided at its end all the same. */
  default boolean judgesUntouched() {
    return false;
  }

  /** Whether a case without an activation is vacuous, and not held. */
  default boolean canBeVacuous() {
    return true;
  }

  /** Reads what {@link MatcherState#write} wrote; only judges that keep such a state are asked. */
  default MatcherState readMatcher(Mark first, DataInputView in) throws IOException {
    throw new IllegalStateException("keeps no state of its own: " + getClass());
  }
}
