package dev.waymark.jobs.ports;

import java.io.IOException;
import java.io.Serializable;

/**
 * Where a sink puts rows that the database refused; a sink has no output of its own to put them on.
 */
public interface DeadLetterOutlet extends AutoCloseable {

  /** Returns when the letter is safe. */
  void write(DeadLetter letter) throws IOException;

  @Override
  void close();

  /** Opens an outlet where the sink runs. */
  interface Factory extends Serializable {
    DeadLetterOutlet open();
  }
}
