package dev.waymark.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.schemas.event.Event;
import dev.waymark.testkit.Events;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** profile and anomaly: what is learnt, from whom, and when it is enough to judge. */
class LearningTest {
  private static final String PROFILE =
      "kind: timelag, template: profile, activation: A, target: B, zeta: 2";
  private static final String ANOMALY =
      "kind: frequency, template: anomaly, activation: A, window: PT10S, zeta: 2,"
          + " case: {timeout: PT40S}, key: agent";

  @Test
  void profileJudgesFromTheThirtyFirstGapOn() {
    // Given 30 gaps of 1 or 3 s: mean 2, sd 1.017
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      addGap(events, "r", i * 10_000L, i % 2 == 0 ? 1_000 : 3_000);
    }
    List<Event> before = List.copyOf(events);
    addGap(events, "r", 300_000, 4_040);

    assertThat(Judged.of(PROFILE, before).findings()).isEmpty();
    assertThat(Judged.of(PROFILE, events).findings()).isEqualTo("304.04[61,62]");
  }

  @Test
  void profileKeepsToItsEdgeAndLearnsWhatItFlags() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      addGap(events, "r", i * 10_000L, 1_000);
    }
    // Nothing varies: the same is in, anything else is out, and then known.
    addGap(events, "r", 300_000, 1_000);
    addGap(events, "r", 310_000, 1_001);
    addGap(events, "r", 320_000, 1_001);

    assertThat(Judged.of(PROFILE, events).findings()).isEqualTo("311.001[63,64] 321.001[65,66]");
  }

  @Test
  void profileLearnsOverRunsButNotOverAgents() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      addGap(events, "run-" + i, i * 10_000L, 1_000);
    }
    addGap(events, "last", 300_000, 9_000);
    List<Event> ofAnother =
        events.stream()
            .map(
                event ->
                    event.runId().equals("last")
                        ? Events.request(String.valueOf(event.action()))
                            .run("last")
                            .agent("another")
                            .seq(event.seq())
                            .atMicros(event.timeMicros())
                            .build()
                        : event)
            .toList();

    assertThat(Judged.of(PROFILE, events).findings()).isEqualTo("309[61,62]");
    assertThat(Judged.of(PROFILE, ofAnother).findings()).isEmpty();
  }

  @Test
  void anomalyKnowsTooManyWithTheOneThatIsTooMany() {
    // Given eight windows with one a each: mean 1, sd at least 1, so at most 3
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      add(events, "a", i * 10_000L);
    }
    for (int i = 0; i < 5; i++) {
      add(events, "a", 80_000 + i * 1_000L);
    }

    assertThat(Judged.of(ANOMALY, events).findings()).isEqualTo("83[12]");
    assertThat(Judged.of(ANOMALY, events.subList(1, events.size())).findings()).isEmpty();
  }

  @Test
  void anomalyKnowsTooFewWhenTheWindowCloses() {
    // Given eight windows with four each; the ninth has one, the tenth none, the case ends in it
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 8 * 4; i++) {
      add(events, "a", i * 2_500L);
    }
    add(events, "a", 81_000);
    List<Event> upToNinth = List.copyOf(events);
    add(events, "x", 95_000);

    assertThat(Judged.of(ANOMALY, events).findings()).isEqualTo("90[]");
    assertThat(Judged.of(ANOMALY, upToNinth).findings()).isEmpty();
  }

  @Test
  void anomalyCountsSilentWindowsBetweenTheCasesOfAKey() {
    // Given one a, long silence, and three at once: eight windows with none have passed
    List<Event> events = new ArrayList<>();
    add(events, "a", 0);
    for (int i = 0; i < 3; i++) {
      add(events, "a", 250_000 + i);
    }

    Judged judged = Judged.of(ANOMALY, events);

    // The one of the first window is 25 windows ago: mean 0, sd at least 1, so at most 2
    assertThat(judged.findings()).isEqualTo("250.002[4]");
    assertThat(judged.outcomes()).isEqualTo("held 1, broken 3");
  }

  private static void addGap(List<Event> events, String run, long atMillis, long gapMillis) {
    add(events, "a", run, atMillis);
    add(events, "b", run, atMillis + gapMillis);
  }

  private static void add(List<Event> events, String action, long atMillis) {
    add(events, action, "r", atMillis);
  }

  private static void add(List<Event> events, String action, String run, long atMillis) {
    events.add(Events.request(action).run(run).seq(events.size() + 1L).at(atMillis).build());
  }
}
