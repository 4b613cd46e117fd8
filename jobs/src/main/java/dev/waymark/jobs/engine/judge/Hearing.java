package dev.waymark.jobs.engine.judge;

import dev.waymark.jobs.engine.CaseState;
import dev.waymark.jobs.engine.EventView;
import dev.waymark.jobs.engine.Mark;
import dev.waymark.jobs.engine.Proof;
import dev.waymark.jobs.engine.RuleState;
import dev.waymark.jobs.engine.WindowCounts;
import java.util.List;
import java.util.Map;

/** What a judge may ask of the case before it, and whom it tells its verdicts. */
public interface Hearing {
  CaseState theCase();

  /** Remembers an event by its values of the activation's side of {@code correlate}. */
  Mark activation(EventView event);

  /** Remembers an event by its values of the target's side of {@code correlate}. */
  Mark target(EventView event);

  /** Remembers an event that needs no correlation. */
  Mark mark(EventView event);

  /** The rule is broken. The message ends without a full stop. */
  void broken(
      RuleState state,
      long timeMicros,
      List<Proof> evidence,
      String message,
      Map<String, String> facts);

  /**
   * The time from an activation to its target, which only those of other cases can judge. The
   * message says what was found, and ends without the figures that they give.
   */
  void measured(RuleState state, Mark activation, Mark target, String message);

  /** What the rule counted in the windows of the case's key, in this case and those before. */
  WindowCounts windowCounts();

  /** Whether another partial match may be kept; where not, the limit is reported for this case. */
  boolean mayKeep(RuleState state, int kept);
}
