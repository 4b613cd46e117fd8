package dev.waymark.testkit.random;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.testkit.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Random logs over few runs, agents, users and actions. Times are mostly whole seconds, with ties,
 * silences about as long as the time-outs of {@link RandomRules}, and now and then a µs more.
 */
public final class RandomTraces {
  static final List<String> ACTIONS = List.of("book", "look_up", "pay");
  static final List<String> AGENTS = List.of("booking-1", "booking-2", "billing");

  private static final List<String> RUNS = List.of("r1", "r2", "r3");
  private static final List<String> USERS = List.of("u1", "u2");
  private static final List<String> CALLS = List.of("c1", "c2", "c3");
  private static final long SECOND = 1_000_000;
  private static final int FAR_SEQ = 1_000;

  private RandomTraces() {}

  /** One to 25 events of up to three runs in each of two tenants. */
  public static Arbitrary<Trace> small() {
    Arbitrary<Where> where =
        Combinators.combine(
                Arbitraries.frequency(Tuple.of(7, "acme"), Tuple.of(1, "globex")),
                Arbitraries.frequency(
                    Tuple.of(5, RUNS.get(0)), Tuple.of(2, RUNS.get(1)), Tuple.of(1, RUNS.get(2))),
                Arbitraries.of(AGENTS),
                Arbitraries.of(USERS).injectNull(0.3),
                Arbitraries.of(USERS).injectNull(0.5))
            .as(Where::new);
    Arbitrary<Long> gaps =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(0L)),
            Tuple.of(9, Arbitraries.longs().between(1, 3).map(seconds -> seconds * SECOND)),
            Tuple.of(1, Arbitraries.longs().between(4, 12).map(seconds -> seconds * SECOND)),
            Tuple.of(1, Arbitraries.longs().between(1, 5).map(seconds -> seconds * SECOND + 1)));
    return traces(1, 25, drafts(gaps, where, 1));
  }

  /**
   * 80 to 160 events, most of one agent and close together: enough for what has to learn before it
   * judges.
   */
  public static Arbitrary<Trace> learnable() {
    Arbitrary<Where> where =
        Combinators.combine(
                Arbitraries.frequency(Tuple.of(8, RUNS.get(0)), Tuple.of(1, RUNS.get(1))),
                Arbitraries.frequency(Tuple.of(12, AGENTS.get(0)), Tuple.of(1, AGENTS.get(1))))
            .as((run, agent) -> new Where("acme", run, agent, USERS.get(0), USERS.get(1)));
    Arbitrary<Long> gaps =
        Arbitraries.frequency(Tuple.of(4, 0L), Tuple.of(24, 1L), Tuple.of(4, 2L), Tuple.of(1, 5L))
            .map(seconds -> seconds * SECOND);
    return traces(80, 160, drafts(gaps, where, 0));
  }

  private static Arbitrary<Trace> traces(int min, int max, Arbitrary<Draft> drafts) {
    Arbitrary<Ending> endings =
        Combinators.combine(
                Arbitraries.of(RUNS),
                Arbitraries.integers().between(0, max),
                Arbitraries.longs().between(0, 6).map(seconds -> seconds * SECOND))
            .as(Ending::new);
    return Combinators.combine(
            drafts.list().ofMinSize(min).ofMaxSize(max), endings.list().ofMaxSize(2))
        .as(RandomTraces::trace);
  }

  /**
   * @param ends how often events are such as end a run, against eight requests
   */
  private static Arbitrary<Draft> drafts(Arbitrary<Long> gaps, Arbitrary<Where> where, int ends) {
    Arbitrary<What> what =
        Combinators.combine(
                Arbitraries.frequency(
                    Tuple.of(8, Event.ACTION_REQUEST),
                    Tuple.of(3, Event.ACTION_RESPONSE),
                    Tuple.of(1, Event.REASONING),
                    Tuple.of(ends, Event.FINAL_OUTPUT),
                    Tuple.of(ends, Event.ERROR)),
                Arbitraries.of(ACTIONS),
                Arbitraries.of(CALLS).injectNull(0.3),
                Arbitraries.integers().between(0, 4).injectNull(0.2),
                Arbitraries.of(true, false))
            .as(What::new);
    return Combinators.combine(
            gaps,
            where,
            what,
            Arbitraries.frequency(
                Tuple.of(8, Numbering.NEXT),
                Tuple.of(1, Numbering.SAME_WITH_KEY),
                Tuple.of(1, Numbering.FAR)),
            Arbitraries.of(true, false))
        .as(Draft::new);
  }

  private static Trace trace(List<Draft> drafts, List<Ending> endings) {
    Map<String, Long> lastSeq = new HashMap<>();
    List<Event> events = new ArrayList<>();
    long time = Events.START;
    Draft before = null;
    for (Draft draft : drafts) {
      time += draft.gap;
      Draft effective = before == null ? draft : draft.answering(before);
      events.add(effective.event(time, lastSeq, events.size()));
      before = effective;
    }
    return new Trace(List.copyOf(events), finalizes(endings, events));
  }

  private static List<Finalize> finalizes(List<Ending> endings, List<Event> events) {
    return endings.stream()
        .map(
            ending -> {
              Event near = events.get(ending.nearPosition % events.size());
              return Events.finalizeRun(
                  near.tenant(), ending.run, near.timeMicros() + ending.delay);
            })
        .toList();
  }

  /** How an event is numbered: retries keep their number, some producers leave holes. */
  private enum Numbering {
    NEXT,
    SAME_WITH_KEY,
    FAR
  }

  private record Ending(String run, int nearPosition, long delay) {}

  private record Where(
      String tenant, String run, String agent, @Nullable String user, @Nullable String session) {}

  private record What(
      String type, String action, @Nullable String call, @Nullable Integer size, boolean isPlain) {}

  private record Draft(
      long gap, Where where, What what, Numbering numbering, boolean answersRequest) {

    /** After a request often its response. */
    Draft answering(Draft before) {
      if (!answersRequest || !before.what.type.equals(Event.ACTION_REQUEST)) {
        return this;
      }
      What answer =
          new What(
              Event.ACTION_RESPONSE,
              before.what.action,
              before.what.call,
              what.size,
              before.what.call != null);
      return new Draft(gap, before.where, answer, numbering, true);
    }

    Event event(long time, Map<String, Long> lastSeq, int position) {
      Events event = byType();
      number(event, lastSeq, position);
      event.atMicros(time).tenant(where.tenant).run(where.run).agent(where.agent);
      if (where.user != null) {
        event.meta("user_id", where.user);
      }
      if (where.session != null) {
        event.meta("session_id", where.session);
      }
      if (what.call != null) {
        event.callId(what.call);
      }
      if (what.size != null) {
        event.payload("size", what.size);
      }
      return event.build();
    }

    /** A plain response succeeded and does not say what it answers. */
    private Events byType() {
      return switch (what.type) {
        case Event.ACTION_REQUEST -> Events.request(what.action);
        case Event.ACTION_RESPONSE ->
            what.isPlain
                ? Events.response("success")
                : Events.response("error").action(what.action);
        case Event.FINAL_OUTPUT -> Events.finalOutput();
        case Event.ERROR -> Events.error("failed");
        default -> Events.reasoning("think");
      };
    }

    private void number(Events event, Map<String, Long> lastSeq, int position) {
      String run = where.tenant + "/" + where.run;
      switch (numbering) {
        case NEXT -> event.seq(lastSeq.merge(run, 1L, Long::sum));
        // Keys and far numbers fall where positions rise, so that order is not order of arrival.
        case SAME_WITH_KEY ->
            event.seq(lastSeq.getOrDefault(run, 1L)).idempotencyKey("key-" + (FAR_SEQ - position));
        case FAR -> event.seq(FAR_SEQ - position).idempotencyKey("far-" + position);
      }
    }
  }
}
