package dev.waymark.jobs.engine.cep;

import java.util.List;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;

/** Whether an event is what a part of a form asks for. */
interface EventTest {
  /**
   * @param event being judged
   * @param before what the partial match has taken so far, by {@link Part#page}
   */
  boolean test(Taken event, Context<Taken> before) throws Exception;

  /** An event of this symbol. */
  static EventTest of(long symbol) {
    return (event, before) -> event.now().has(symbol);
  }

  /** An event that none of these tests accepts. */
  static EventTest none(List<EventTest> tests) {
    return (event, before) -> {
      for (EventTest test : tests) {
        if (test.test(event, before)) {
          return false;
        }
      }
      return true;
    };
  }

  default EventTest and(EventTest other) {
    return (event, before) -> test(event, before) && other.test(event, before);
  }

  default EventTest negated() {
    return (event, before) -> !test(event, before);
  }
}
