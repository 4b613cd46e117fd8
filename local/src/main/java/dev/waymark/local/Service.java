package dev.waymark.local;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * One part of the stack: something that is started, is ready at some point, and is stopped. Parts
 * are started as soon as what they need is ready, and stopped in reverse order. Methods are called
 * by one thread at a time.
 */
interface Service {
  /** Unique in the stack; also the name of its log and its pid file. */
  String name();

  /** Names of the services that must be ready before this one starts. */
  Set<String> needs();

  /**
   * Names of the services whose loss takes this one with it: when one of those is started again,
   * this one is too, right after.
   */
  default Set<String> diesWith() {
    return Set.of();
  }

  /**
   * Starts it and returns when it is ready for others.
   *
   * @return what to tell a person, such as its address
   * @throws StartFailedException when it did not become ready; says why
   */
  String start() throws StartFailedException, IOException, InterruptedException;

  /**
   * Ends it in order and keeps its data. Does nothing when it does not run.
   *
   * @return what to tell a person; empty when there was nothing to stop
   */
  Optional<String> stop() throws IOException, InterruptedException;

  /** Lets go of what is left after something in {@link #diesWith()} was lost. */
  void abandon() throws IOException, InterruptedException;

  /** Its process, when it is one and was started. */
  Optional<ChildProcess> process();
}
