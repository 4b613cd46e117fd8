package dev.waymark.testkit.reference;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventJson;
import dev.waymark.schemas.event.Finalize;
import dev.waymark.schemas.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts a log into the cases of one rule. */
final class Cases {
  private final Rule rule;
  private final Log log;

  private Cases(Rule rule, Log log) {
    this.rule = rule;
    this.log = log;
  }

  /** The cases by key, each key's in order of time. */
  static List<Case> of(Rule rule, Log log) {
    return new Cases(rule, log).cut();
  }

  private List<Case> cut() {
    Map<KeyOfTenant, List<Occurrence>> byKey = new LinkedHashMap<>();
    for (Occurrence occurrence : log.events()) {
      List<String> key = keyOf(occurrence);
      if (key != null) {
        byKey
            .computeIfAbsent(
                new KeyOfTenant(occurrence.event().tenant(), key), unused -> new ArrayList<>())
            .add(occurrence);
      }
    }
    List<Case> cases = new ArrayList<>();
    byKey.forEach((key, events) -> cases.addAll(cut(key, events)));
    return cases;
  }

  private List<Case> cut(KeyOfTenant key, List<Occurrence> events) {
    List<Case> cases = new ArrayList<>();
    List<Occurrence> open = new ArrayList<>();
    for (Occurrence occurrence : events) {
      if (!open.isEmpty() && occurrence.time() > endOf(open, false)) {
        cases.add(new Case(key.tenant, key.key, List.copyOf(open), endOf(open, true)));
        open.clear();
      }
      open.add(occurrence);
    }
    cases.add(new Case(key.tenant, key.key, List.copyOf(open), endOf(open, true)));
    return cases;
  }

  /**
   * The end as far as these events tell.
   *
   * @param isWhole whether no other event of the log joins them
   */
  private long endOf(List<Occurrence> events, boolean isWhole) {
    Occurrence last = events.get(events.size() - 1);
    long end = Long.MAX_VALUE;
    if (rule.caseConfig().timesOut()) {
      end = last.time() + rule.caseConfig().timeoutMicros();
    }
    boolean isFinalized = false;
    if (rule.isKeyedByRun()) {
      end = Math.min(end, afterFinalOutput(events));
      long finalized = finalizedAt(events.get(0));
      isFinalized = finalized != Long.MAX_VALUE;
      end = Math.min(end, finalized);
    }
    // A finalize after the last event is a part of the input, so the input's end does not come
    // before it.
    return isWhole && !isFinalized ? Math.min(end, log.end()) : end;
  }

  private long afterFinalOutput(List<Occurrence> events) {
    String agent = events.get(0).event().agentId();
    for (Occurrence occurrence : events) {
      Event event = occurrence.event();
      if (event.type().equals(Event.FINAL_OUTPUT) && event.agentId().equals(agent)) {
        return event.timeMicros() + rule.caseConfig().graceMicros();
      }
    }
    return Long.MAX_VALUE;
  }

  private long finalizedAt(Occurrence first) {
    return log.finalizes().stream()
        .filter(finalize -> finalize.tenant().equals(first.event().tenant()))
        .filter(finalize -> finalize.runId().equals(first.event().runId()))
        .mapToLong(Finalize::timeMicros)
        .filter(time -> time >= first.time())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The values of the rule's key; null where the event lacks one. */
  private @Nullable List<String> keyOf(Occurrence occurrence) {
    List<String> values = new ArrayList<>();
    for (String field : rule.key()) {
      String value = keyValue(field, occurrence);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return List.copyOf(values);
  }

  private static @Nullable String keyValue(String field, Occurrence occurrence) {
    Event event = occurrence.event();
    return switch (field) {
      case "run" -> event.runId();
      case "agent" -> event.agentId();
      case "tenant" -> event.tenant();
      case "user" -> event.userId();
      case "session" -> event.sessionId();
      default -> Json.text(EventJson.at(occurrence.json(), field));
    };
  }

  private record KeyOfTenant(String tenant, List<String> key) {
    KeyOfTenant {
      Objects.requireNonNull(tenant);
    }
  }
}
