package dev.waymark.api.ingest;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the configured rules where no rule was ever published, in force from the beginning of
 * time: nothing has been judged before them. Later changes are made by whoever governs the rules,
 * never by a restart.
 */
@Singleton
final class FirstRules {
  private static final Logger LOG = LoggerFactory.getLogger(FirstRules.class);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.RULES, 0);
  private static final int FIRST = 1;

  private final KafkaBroker kafka;
  private final RuleTopic topic;
  private final ApiConfig config;

  FirstRules(KafkaBroker kafka, RuleTopic topic, ApiConfig config) {
    this.kafka = kafka;
    this.topic = topic;
    this.config = config;
  }

  void publish() {
    if (!config.firstRules().isEmpty() && isTopicUnused()) {
      write(config.firstRules());
      LOG.atInfo().addKeyValue("rules", config.firstRules().size()).log("first rules published");
    }
  }

  private boolean isTopicUnused() {
    return kafka
            .ask(
                admin ->
                    admin
                        .listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                        .partitionResult(PARTITION))
            .offset()
        == 0;
  }

  private void write(List<Rule> rules) {
    topic.write(
        rules.stream().map(rule -> RuleChange.of(rule, FIRST, RuleChange.BEGINNING)).toList());
  }
}
