package dev.waymark.client.demo;

import dev.waymark.schemas.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * The runs of the demo, one after the other, without end; the trades take turns. The same settings
 * give the same runs, byte for byte.
 */
final class DemoRuns {
  /** More runs than this a minute, and a trade takes on another agent. */
  private static final double RUNS_PER_AGENT_AND_MINUTE = 5;

  private static final int MIN_AGENTS = 2;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final AgentKind[] KINDS = AgentKind.values();

  /** Ids carry the start, so that another start with the same seed gives other runs. */
  private static final DateTimeFormatter START_STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Settings settings;
  private final List<Deck> decks = new ArrayList<>();
  private final int agentsPerKind;
  private int nextNumber;

  /**
   * @param seed decides everything but the times
   * @param start when the first run begins
   * @param runsPerMinute how often a run begins
   */
  record Settings(long seed, Instant start, double runsPerMinute, String tenant) {}

  DemoRuns(Settings settings) {
    this.settings = settings;
    double runsPerKind = settings.runsPerMinute() / KINDS.length;
    this.agentsPerKind =
        Math.max(MIN_AGENTS, (int) Math.ceil(runsPerKind / RUNS_PER_AGENT_AND_MINUTE));
    for (int i = 0; i < KINDS.length; i++) {
      // Negative numbers, since the runs take the others.
      decks.add(new Deck(KINDS[i], mix(settings.seed(), -1 - i)));
    }
  }

  /** When the next run begins. */
  Instant nextStart() {
    return settings.start().plus(offsetMicros(nextNumber), ChronoUnit.MICROS);
  }

  DemoRun next() {
    Instant startsAt = nextStart();
    int number = nextNumber++;
    int turn = number % KINDS.length;
    AgentKind kind = KINDS[turn];
    int agent = number / KINDS.length % agentsPerKind;
    Optional<Misbehaviour> fault = decks.get(turn).deal();
    String runId =
        String.format(
            Locale.ROOT,
            "%s-%s-%05d",
            kind.idPrefix(),
            START_STAMP.format(settings.start()),
            number);
    Script script =
        new Script(
            runId,
            kind.agentId(agent),
            settings.tenant(),
            kind.model(agent),
            startsAt,
            new Random(mix(settings.seed(), number)));
    kind.scenario().play(script, fault);
    List<Event> events = script.events();
    return new DemoRun(number, runId, kind.agentId(agent), startsAt, fault, events);
  }

  private long offsetMicros(int number) {
    return (long) (number * (MINUTE.toMillis() * 1_000.0 / settings.runsPerMinute()));
  }

  /** Spreads neighbouring numbers far apart (the finaliser of SplitMix64, Steele et al. 2014). */
  private static long mix(long seed, long number) {
    long z = seed + number * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
