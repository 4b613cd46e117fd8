package dev.waymark.api.pipeline;

import dev.waymark.api.ingest.KafkaBroker;
import dev.waymark.api.pipeline.PipelineView.LagView;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the jobs are behind: the offsets they committed at their last checkpoint against the
 * topics' ends.
 */
@Singleton
final class ConsumerLag {
  private final KafkaBroker kafka;

  ConsumerLag(KafkaBroker kafka) {
    this.kafka = kafka;
  }

  /** By consumer group, then by topic; a group that has committed nothing has no topics. */
  Map<String, List<LagView>> of(List<String> groups) {
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(groups);
    Set<TopicPartition> partitions = new HashSet<>();
    committed.values().forEach(offsets -> partitions.addAll(offsets.keySet()));
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        kafka.ask(admin -> admin.listOffsets(latest).all());
    Map<String, List<LagView>> lag = new HashMap<>();
    committed.forEach((group, offsets) -> lag.put(group, byTopic(offsets, ends)));
    return lag;
  }

  private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(List<String> groups) {
    Map<String, ListConsumerGroupOffsetsSpec> everything =
        groups.stream()
            .collect(
                Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
    return kafka.ask(admin -> admin.listConsumerGroupOffsets(everything).all());
  }

  private static List<LagView> byTopic(
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    Map<String, List<Long>> lagByTopic = new TreeMap<>();
    committed.forEach(
        (partition, offset) -> {
          ListOffsetsResultInfo end = ends.get(partition);
          if (offset != null && end != null) {
            lagByTopic
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(Math.max(0, end.offset() - offset.offset()));
          }
        });
    return lagByTopic.entrySet().stream()
        .map(entry -> new LagView(entry.getKey(), entry.getValue().size(), sum(entry.getValue())))
        .toList();
  }

  private static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }
}
