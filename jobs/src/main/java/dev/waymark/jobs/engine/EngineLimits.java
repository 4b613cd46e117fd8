package dev.waymark.jobs.engine;

import java.io.Serializable;

/**
 * How much the engine keeps. Reaching a limit is counted and reported for the case.
 *
 * @param maxPartialMatches activations and forerunners a case and rule
 * @param maxOpenCases judged cases that an operator instance has open
 * @param maxWaitingEvents events of an instance that wait in memory for the watermark; more are
 *     kept in state
 * @param maxWaitingEventsACase events that wait of one key, in memory and state
 */
public record EngineLimits(
    int maxPartialMatches, int maxOpenCases, int maxWaitingEvents, int maxWaitingEventsACase)
    implements Serializable {
  /** 1,000 partial matches, 5 million cases; 100,000 waiting events, of a key as well. */
  public static final EngineLimits DEFAULT = new EngineLimits(1_000, 5_000_000, 100_000, 100_000);

  /** The same for an input that is there as a whole: no more than it has can wait or be open. */
  public EngineLimits ofFinishedInput() {
    return new EngineLimits(
        maxPartialMatches, Integer.MAX_VALUE, maxWaitingEvents, Integer.MAX_VALUE);
  }
}
