package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.config.TimeMode;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.rule.RuleSetChange;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Brings rules into force, as {@code ./waymark rules apply} does. One change at a time: each counts
 * on from the number that it found.
 */
@Singleton
public final class LiveRules {
  private final RuleTopic topic;
  private final ApiConfig config;
  private final Clock clock;

  LiveRules(RuleTopic topic, ApiConfig config, Clock clock) {
    this.topic = topic;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Publishes what differs from what is in force and returns that; rules that are not named stay as
   * they are. Throws {@link KafkaUnavailableException}.
   *
   * @param askedMicros from when on they hold; empty: from now, in log mode from the beginning
   */
  public synchronized List<RuleChange> apply(List<Rule> rules, OptionalLong askedMicros) {
    List<RuleChange> changes =
        new RuleSetChange(topic.read()).apply(rules, askedMicros, defaultMicros());
    if (!changes.isEmpty()) {
      topic.write(changes);
    }
    return changes;
  }

  private long defaultMicros() {
    return config.time() == TimeMode.LOG ? RuleChange.BEGINNING : Times.micros(Instant.now(clock));
  }
}
