package dev.waymark.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final Workload WORKLOAD = new Workload(20_000, 100);
  private static final long OUT_OF_ORDERNESS_MICROS = 5_000_000;

  private static List<Event> events() throws Exception {
    EventCodec codec = new EventCodec(EventLimits.DEFAULT);
    Workload.Events events = WORKLOAD.opened();
    List<Event> decoded = new ArrayList<>();
    for (int event = 0; event < WORKLOAD.events(); event++) {
      decoded.add((Event) codec.decode(events.get(event)));
    }
    return decoded;
  }

  @Test
  void eventsHaveTheSizeThatIsSaid() throws Exception {
    // When
    List<Event> events = events();

    // Then
    assertThat(events).allSatisfy(event -> assertThat(event.raw().length).isBetween(345, 355));
  }

  @Test
  void whatIsNewComesInsideTheAllowedDisorder() throws Exception {
    // Given
    long highest = 0;
    Set<String> known = new HashSet<>();

    // When
    for (Event event : events()) {
      // Then
      if (known.add(event.runId() + " " + event.seq())) {
        assertThat(event.timeMicros()).isGreaterThan(highest - OUT_OF_ORDERNESS_MICROS);
      }
      highest = Math.max(highest, event.timeMicros());
    }
  }

  @Test
  void someEventsComeOutOfOrderAndSomeTwice() throws Exception {
    // Given
    Map<String, Long> last = new HashMap<>();
    int outOfOrder = 0;
    int repeated = 0;

    // When
    for (Event event : events()) {
      long before = last.getOrDefault(event.runId(), 0L);
      outOfOrder += event.seq() < before ? 1 : 0;
      repeated += event.seq() == before ? 1 : 0;
      last.put(event.runId(), event.seq());
    }

    // Then
    assertThat(outOfOrder).isGreaterThan(100);
    assertThat(repeated).isGreaterThan(50);
  }

  @Test
  void timeOfARunFollowsItsSequence() throws Exception {
    // When
    Map<String, List<Event>> runs = events().stream().collect(Collectors.groupingBy(Event::runId));

    // Then
    for (List<Event> run : runs.values()) {
      assertThat(run.stream().distinct().sorted((a, b) -> Long.compare(a.seq(), b.seq())).toList())
          .isSortedAccordingTo((a, b) -> Long.compare(a.timeMicros(), b.timeMicros()));
    }
  }

  @Test
  void everyRuleIsBroken() {
    // When
    Set<String> found = PlainLoop.findings(WORKLOAD);

    // Then
    assertThat(found.stream().map(finding -> finding.split(" ")[0]).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            Finding.LOOK_UP_BEFORE_BOOKING,
            Finding.NO_CHARGE_AFTER_REFUND,
            Finding.TOOL_CALL_ANSWERED,
            Finding.ENDS_WITH_AN_ANSWER,
            Finding.REFUND_IS_TOLD,
            Finding.NO_RUNAWAY_LOOP);
  }
}
