package dev.waymark.jobs.config;

import java.io.Serializable;

/**
 * The broker.
 *
 * @param bootstrapServers host:port, comma-separated
 */
public record KafkaConfig(String bootstrapServers) implements Serializable {
  static final Setting<String> BOOTSTRAP_SERVERS =
      new Setting<>(
          "kafka.bootstrap-servers",
          "127.0.0.1:9092",
          "Kafka brokers, host:port, comma-separated.",
          KafkaConfig::parseServers);

  public static KafkaConfig from(Settings settings) {
    return new KafkaConfig(settings.get(BOOTSTRAP_SERVERS));
  }

  private static String parseServers(String text) {
    for (String server : text.split(",", -1)) {
      if (!server.strip().matches(".+:\\d{1,5}")) {
        throw new IllegalArgumentException("must be host:port, comma-separated");
      }
    }
    return text;
  }
}
