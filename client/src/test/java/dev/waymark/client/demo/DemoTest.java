package dev.waymark.client.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.client.Repository;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.reference.Finding;
import dev.waymark.testkit.reference.ReferenceEvaluator;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final double RUNS_PER_MINUTE = 30;
  private static final int RUNS_OF_ALL_DECKS = Misbehaviour.DECK_SIZE * AgentKind.values().length;

  /** Changes when what the agents do is changed; never by itself. */
  private static final String DIGEST_OF_SEED_7 =
      "88e51496b9843fb0362e044773102d9f3f3b1d4fac18ab92f8e6c38fbae86f56";

  @Test
  void theSameSeedAndStartGiveTheSameEvents() throws Exception {
    List<String> events = texts(play(7, START, 60));

    assertThat(texts(play(7, START, 60))).isEqualTo(events);
    assertThat(texts(play(8, START, 60))).isNotEqualTo(events);
    assertThat(texts(play(7, START.plusSeconds(1), 60))).doesNotContainAnyElementsOf(events);
    assertThat(sha256(String.join("\n", events))).isEqualTo(DIGEST_OF_SEED_7);
  }

  @Test
  void theShareOfRunsThatBreakARuleIsTheTables() {
    // Given
    DemoRuns runs = new DemoRuns(settings(11, START));

    // When
    Map<String, Integer> broken = new HashMap<>();
    for (int i = 0; i < 2 * RUNS_OF_ALL_DECKS; i++) {
      runs.next().fault().ifPresent(fault -> broken.merge(fault.ruleId(), 1, Integer::sum));
    }

    // Then
    Misbehaviour.shares()
        .forEach(
            (rule, share) ->
                assertThat(broken.get(rule) / (2.0 * RUNS_OF_ALL_DECKS)).as(rule).isEqualTo(share));
    assertThat(broken).hasSameSizeAs(Misbehaviour.shares());
  }

  @Test
  void everyDefaultRuleHasItsMisbehaviour() throws Exception {
    assertThat(Stream.of(Misbehaviour.values()).map(Misbehaviour::ruleId).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(defaultRules().stream().map(Rule::id).toList());
  }

  @Test
  void aRunBreaksTheRuleItIsMeantToAndNoOther() throws Exception {
    for (long seed : new long[] {1, 7, 42}) {
      // Given
      Set<String> meant = new HashSet<>();
      List<Event> events = new ArrayList<>();
      DemoRuns runs = new DemoRuns(settings(seed, START));
      for (int i = 0; i < RUNS_OF_ALL_DECKS; i++) {
        DemoRun run = runs.next();
        run.fault().ifPresent(fault -> meant.add(run.runId() + " " + fault.ruleId()));
        events.addAll(run.events());
      }

      // When
      List<Finding> findings = ReferenceEvaluator.findings(defaultRules(), events, List.of());

      // Then
      Set<String> found = new HashSet<>();
      for (Finding finding : findings) {
        finding.evidence().forEach(w -> found.add(w.runId() + " " + finding.ruleId()));
        if (finding.evidence().isEmpty()) {
          found.add(finding.caseKey() + " " + finding.ruleId());
        }
      }
      assertThat(found).as("seed " + seed).isEqualTo(meant);
    }
  }

  @Test
  void theFirstViolationIsCertainWithinSeconds() throws Exception {
    for (long seed : new long[] {1, 2, 3, 7, 42}) {
      List<Finding> findings =
          ReferenceEvaluator.findings(defaultRules(), play(seed, START, 6), List.of());

      assertThat(Duration.between(START, Times.instant(findings.get(0).timeMicros())))
          .as("seed " + seed)
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void theModelsHavePrices() throws Exception {
    List<String> priced =
        Files.readAllLines(Repository.file("flink-conf/prices.csv")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf(',')))
            .toList();

    assertThat(priced)
        .containsAll(
            Stream.of(AgentKind.values()).flatMap(kind -> kind.models().stream()).toList());
  }

  @Test
  void severalRunsAreUnderWayAtOnceInOrderOfTime() {
    List<Event> events = play(7, START, 60);

    assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.timeMicros(), b.timeMicros()));
    Map<String, Long> seqs = new HashMap<>();
    int changesOfRun = 0;
    String last = "";
    for (Event event : events) {
      assertThat(event.seq()).isEqualTo(seqs.merge(event.runId(), 1L, Long::sum));
      changesOfRun += event.runId().equals(last) ? 0 : 1;
      last = event.runId();
    }
    assertThat(seqs).hasSize(60);
    assertThat(changesOfRun).isGreaterThan(events.size() / 2);
  }

  @Test
  void everyEventIsPlayedAtItsTime() throws InterruptedException {
    // Given
    MovingClock clock = new MovingClock(START);
    DemoPlayer player = new DemoPlayer(clock, clock::move);
    List<Event> played = new ArrayList<>();

    // When
    player.play(
        stream(7, START, 12),
        event -> {
          assertThat(Instant.now(clock)).isEqualTo(Times.instant(event.timeMicros()));
          played.add(event);
        });

    // Then
    assertThat(texts(played)).isEqualTo(texts(play(7, START, 12)));
  }

  @Test
  void aStoppedPlayerPlaysNoMore() throws InterruptedException {
    MovingClock clock = new MovingClock(START);
    DemoPlayer player = new DemoPlayer(clock, clock::move);
    List<Event> played = new ArrayList<>();

    player.play(
        stream(7, START, 12),
        event -> {
          played.add(event);
          if (played.size() == 5) {
            player.stop();
          }
        });

    assertThat(played).hasSize(5);
  }

  private static List<Rule> defaultRules() throws Exception {
    return RuleParser.parse(Files.readString(Repository.file("flink-conf/rules.yaml")));
  }

  private static List<Event> play(long seed, Instant start, int runs) {
    DemoStream stream = stream(seed, start, runs);
    List<Event> events = new ArrayList<>();
    for (Event event = stream.next(); event != null; event = stream.next()) {
      events.add(event);
    }
    return events;
  }

  private static DemoStream stream(long seed, Instant start, int runs) {
    return new DemoStream(new DemoRuns(settings(seed, start)), runs, run -> {});
  }

  private static DemoRuns.Settings settings(long seed, Instant start) {
    return new DemoRuns.Settings(seed, start, RUNS_PER_MINUTE, Event.DEFAULT_TENANT);
  }

  private static List<String> texts(List<Event> events) {
    return events.stream().map(event -> new String(event.raw(), UTF_8)).toList();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
