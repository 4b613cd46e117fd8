package dev.waymark.benchmarks.micro;

import dev.waymark.jobs.engine.CaseEngine;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.KeyCases;
import dev.waymark.jobs.engine.RuleBook;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.Events;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A run of calls and answers by one response rule, without state backend; the time is an event's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class JudgeEvent {
  private static final int EVENTS = 20;
  private static final String RULES =
      """
      version: 1
      rules:
        - id: answered
          kind: timelag
          template: response
          activation: { type: action_request }
          target: { type: action_response }
          correlate: [ meta.call_id ]
          within: { max: PT30S }
      """;

  private final List<Event> run = new ArrayList<>();
  private final RuleBook book = new RuleBook(failed -> {});
  private final CaseEngine engine =
      new CaseEngine(Rule.RUN_KEY, book, EngineLimits.DEFAULT, (violation, at) -> {});

  @Setup
  public void prepare() throws Exception {
    for (Rule rule : RuleParser.parse(RULES)) {
      book.add(RuleChange.of(rule, 1, RuleChange.BEGINNING), 0);
    }
    for (int i = 0; i < EVENTS; i += 2) {
      String call = "c" + i;
      run.add(Events.request("search").seq(i + 1).at(i * 1_000L).callId(call).build());
      run.add(Events.response("success").seq(i + 2).at(i * 1_000L + 500).callId(call).build());
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public KeyCases judge() {
    KeyCases cases = new KeyCases();
    for (Event event : run) {
      engine.onEvent(cases, event.runId(), event, false, 0);
    }
    return cases;
  }
}
