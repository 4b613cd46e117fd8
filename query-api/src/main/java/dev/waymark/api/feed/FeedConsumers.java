package dev.waymark.api.feed;

import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes readers of the feed's topics. They are of no group and commit nothing. */
@Singleton
final class FeedConsumers {
  private static final int FETCH_BYTES = 4 << 20;
  private static final int PARTITION_FETCH_BYTES = 1 << 20;

  private final ApiConfig config;

  FeedConsumers(ApiConfig config) {
    this.config = config;
  }

  /** The caller closes it. */
  KafkaConsumer<byte[], byte[]> open(String clientId) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            config.kafka().bootstrapServers(),
            ConsumerConfig.CLIENT_ID_CONFIG,
            clientId,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            // Where retention has overtaken a reader it goes on with what is there.
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            FETCH_BYTES,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            PARTITION_FETCH_BYTES,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            5 * ApiConfig.PATIENCE_MS,
            ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            ApiConfig.PATIENCE_MS),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Of all the feed's topics; none while one of them does not exist. */
  static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : Position.TOPICS) {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic);
      if (partitions == null || partitions.isEmpty()) {
        return List.of();
      }
      partitions.forEach(each -> all.add(new TopicPartition(topic, each.partition())));
    }
    return all;
  }
}
