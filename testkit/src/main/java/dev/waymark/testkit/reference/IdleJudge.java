package dev.waymark.testkit.reference;

import dev.waymark.schemas.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** idle: two consecutive events are at most {@code within.max} apart. */
record IdleJudge(Terms terms) implements Judge {

  @Override
  public int activations(Case in) {
    return 1;
  }

  @Override
  public List<Break> breaks(Case in) {
    long max = Objects.requireNonNull(terms.rule().within()).maxMicros();
    List<Break> breaks = new ArrayList<>();
    boolean sawFinalOutput = false;
    for (int i = 0; i < in.size(); i++) {
      Occurrence before = in.at(i);
      sawFinalOutput |= before.event().type().equals(Event.FINAL_OUTPUT);
      long deadline = before.time() + max;
      boolean isFollowed = i + 1 < in.size();
      if (isFollowed && in.at(i + 1).time() <= deadline) {
        continue;
      }
      if (!sawFinalOutput && deadline <= in.end()) {
        breaks.add(Break.at(deadline, before));
      } else if (isFollowed) {
        // After a final output silence is no fault; an event after too long a silence is.
        breaks.add(Break.at(in.at(i + 1).time(), before));
      }
    }
    return breaks;
  }
}
