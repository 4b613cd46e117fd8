package dev.waymark.jobs.engine.cep;

import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.schemas.event.EventJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as flink-cep's NFA holds it: what verdicts and later conditions need of it, and while it
 * is being judged what the conditions of its own steps need.
 */
final class Taken {
  private final Mark mark;
  private final byte @Nullable [] json;
  private @Nullable Now now;

  /**
   * @param json the event's JSON where later steps read it; null: none does
   */
  Taken(Mark mark, byte @Nullable [] json) {
    this.mark = mark;
    this.json = json;
  }

  Mark mark() {
    return mark;
  }

  byte @Nullable [] json() {
    return json;
  }

  /** Parsed anew each time: events wait by the thousand, and few are looked at. */
  Map<String, Object> parsed() {
    if (json == null) {
      throw new IllegalStateException("no condition of the rule reads earlier steps");
    }
    return EventJson.parse(json);
  }

  /** The judging of this event begins. */
  Taken judged(EventView event, long symbols, @Nullable String targetCorrelation) {
    now = new Now(event, symbols, targetCorrelation);
    return this;
  }

  /** The judging of this event is over: what only that needed is let go. */
  void forgetNow() {
    now = null;
  }

  Now now() {
    if (now == null) {
      throw new IllegalStateException("only the event being judged is tested: " + mark);
    }
    return now;
  }

  /** What is known of an event while it is judged. */
  static final class Now {
    private final EventView event;
    private final long symbols;
    private final @Nullable String targetCorrelation;
    private @Nullable Object asked;
    private long tested;
    private long passed;

    private Now(EventView event, long symbols, @Nullable String targetCorrelation) {
      this.event = event;
      this.symbols = symbols;
      this.targetCorrelation = targetCorrelation;
    }

    EventView event() {
      return event;
    }

    boolean has(long symbol) {
      return (symbols & symbol) != 0;
    }

    @Nullable String targetCorrelation() {
      return targetCorrelation;
    }

    /**
     * The NFA asks the same of one partial match several times; a condition is evaluated once.
     *
     * @param partialMatch the same object while one partial match is looked at
     */
    boolean once(long symbol, Object partialMatch, Evaluation evaluation) throws Exception {
      if (asked != partialMatch) {
        asked = partialMatch;
        tested = 0;
        passed = 0;
      }
      if ((tested & symbol) == 0) {
        tested |= symbol;
        passed |= evaluation.evaluate() ? symbol : 0;
      }
      return (passed & symbol) != 0;
    }
  }

  /** A condition about to be evaluated. */
  interface Evaluation {
    boolean evaluate() throws Exception;
  }
}
