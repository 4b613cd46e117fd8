package dev.waymark.client.demo;

import java.util.Optional;

/** What an agent of a trade does in one run. */
interface Scenario {
  /**
   * Plays one run into the script.
   *
   * @param fault what goes wrong; empty: the run keeps every default rule
   */
  void play(Script script, Optional<Misbehaviour> fault);
}
