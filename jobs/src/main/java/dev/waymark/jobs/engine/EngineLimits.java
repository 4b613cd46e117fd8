package dev.waymark.jobs.engine;

import java.io.Serializable;

/**
 * How much the engine keeps. Reaching a limit is counted and reported for the case.
 *
 * @param maxPartialMatches activations and forerunners a case and rule
 * @param maxWaitingEvents events of a subtask that wait in memory for the watermark; more are kept
 *     in state
 */
public record EngineLimits(int maxPartialMatches, int maxWaitingEvents) implements Serializable {
  /** 1,000 partial matches, 100,000 waiting events. */
  public static final EngineLimits DEFAULT = new EngineLimits(1_000, 100_000);
}
