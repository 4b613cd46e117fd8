package dev.waymark.jobs.engine;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputView;

/** What a judge remembers of a case in a form of its own. */
public interface MatcherState {
  /** Writes it for {@link dev.waymark.jobs.engine.judge.Judge#readMatcher}. */
  void write(Mark first, DataOutputView out) throws IOException;

  /** About how many bytes it takes in memory. */
  long sizeBytes();
}
