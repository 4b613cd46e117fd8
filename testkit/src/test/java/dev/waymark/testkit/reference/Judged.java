package dev.waymark.testkit.reference;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.rule.InvalidRulesException;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A rule judged on a short log, and the result in short: {@code 4[1,3]} is a finding of second 4
 * with events 1 and 3 as evidence.
 */
final class Judged {
  private static final long SECOND = 1_000_000;

  private final List<Verdict> verdicts;

  private Judged(List<Verdict> verdicts) {
    this.verdicts = verdicts;
  }

  static Judged of(String rule, List<Event> events, Finalize... finalizes) {
    return new Judged(ReferenceEvaluator.judge(List.of(rule(rule)), events, List.of(finalizes)));
  }

  /**
   * A rule from the fields that matter; {@code A} and {@code B} stand for requests of a and b.
   * Cases do not time out unless the rule says so.
   */
  static Rule rule(String fields) {
    String spelt =
        fields
            .replace(": A", ": {type: action_request, action: a}")
            .replace(": B", ": {type: action_request, action: b}");
    String timeout = fields.contains("case:") ? "" : ", case: {timeout: none}";
    try {
      return RuleParser.parseRule("{id: tried, " + spelt + timeout + "}");
    } catch (InvalidRulesException e) {
      throw new IllegalArgumentException(spelt, e);
    }
  }

  /**
   * Events of one run from {@code "a0 b2 a2"}: requests of one-letter actions with the second they
   * happen at, numbered from 1. {@code F} is a final output, {@code E} an error.
   */
  static List<Event> run(String script) {
    List<Event> events = new ArrayList<>();
    for (String word : script.split(" ")) {
      char name = word.charAt(0);
      Events event =
          switch (name) {
            case 'F' -> Events.finalOutput();
            case 'E' -> Events.error("failed");
            default -> Events.request(String.valueOf(name));
          };
      events.add(
          event
              .seq(events.size() + 1L)
              .at(Math.round(Double.parseDouble(word.substring(1)) * 1_000))
              .build());
    }
    return List.copyOf(events);
  }

  static long second(double seconds) {
    return Events.START + Math.round(seconds * SECOND);
  }

  List<Verdict> verdicts() {
    return verdicts;
  }

  /** The findings of all cases, in order of case and time. */
  String findings() {
    return verdicts.stream()
        .flatMap(verdict -> verdict.findings().stream())
        .map(Judged::shown)
        .collect(Collectors.joining(" "));
  }

  /** Outcome and activations of each case. */
  String outcomes() {
    return verdicts.stream()
        .map(
            verdict ->
                verdict.outcome().name().toLowerCase(Locale.ROOT) + " " + verdict.activations())
        .collect(Collectors.joining(", "));
  }

  /** Key and, in seconds, begin and end of each case. */
  String cases() {
    return verdicts.stream()
        .map(
            verdict ->
                verdict.caseKey()
                    + " "
                    + seconds(verdict.caseId().timeMicros())
                    + "-"
                    + seconds(verdict.endMicros()))
        .collect(Collectors.joining(", "));
  }

  private static String shown(Finding finding) {
    return seconds(finding.timeMicros())
        + finding.evidence().stream()
            .map(witness -> String.valueOf(witness.seq()))
            .collect(Collectors.joining(",", "[", "]"));
  }

  private static String seconds(long micros) {
    double seconds = (micros - Events.START) / (double) SECOND;
    return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
  }
}
