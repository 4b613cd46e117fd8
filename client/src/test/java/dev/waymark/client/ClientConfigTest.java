package dev.waymark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientConfigTest {
  @Test
  void defaultsHoldWithoutAnyVariable() {
    assertThat(ClientConfig.fromEnvironment(Map.of()))
        .isEqualTo(
            new ClientConfig(
                "127.0.0.1:9092",
                "lz4",
                64L << 20,
                16 << 20,
                OverflowPolicy.BLOCK,
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofSeconds(30)));
  }

  @Test
  void variablesOverrideDefaults() {
    ClientConfig config =
        ClientConfig.fromEnvironment(
            Map.of(
                "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                "WAYMARK_CLIENT_COMPRESSION", "zstd",
                "WAYMARK_CLIENT_OVERFLOW", "drop"));

    assertThat(config.bootstrapServers()).isEqualTo("kafka:9092");
    assertThat(config.compression()).isEqualTo("zstd");
    assertThat(config.overflow()).isEqualTo(OverflowPolicy.DROP);
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ClientConfig.fromEnvironment(
                    Map.of(
                        "WAYMARK_CLIENT_BUFFER_BYTES", "much",
                        "WAYMARK_CLIENT_OVERFLOW", "explode",
                        "WAYMARK_CLIENT_CLOSE_TIMEOUT", "soon")))
        .withMessage(
            """
            waymark.client.buffer-bytes: must be a whole number, was much
            waymark.client.overflow: must be block, fail or drop, was explode
            waymark.client.close-timeout: must be a duration such as PT30S, was soon""");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ClientConfig.fromEnvironment(
                    Map.of(
                        "WAYMARK_CLIENT_BUFFER_BYTES", "10",
                        "WAYMARK_CLIENT_EVENT_BYTES", "11",
                        "WAYMARK_CLIENT_BLOCK_TIMEOUT", "PT0S",
                        "WAYMARK_CLIENT_COMPRESSION", "rar")))
        .withMessage(
            """
            waymark.client.compression: must be one of lz4, zstd, snappy, gzip, none, was rar
            waymark.client.buffer-bytes: must be at least one event, 11 bytes, was 10
            waymark.client.block-timeout: must be positive, was PT0S""");
  }

  @Test
  void theReadmeNamesEverySetting() throws IOException {
    String readme = Files.readString(Repository.file("client/README.md"));

    for (ClientConfig.Key key : ClientConfig.Key.values()) {
      assertThat(readme)
          .contains("`" + key.variable() + "`")
          .contains("| `" + key.defaultValue() + "` | " + key.description() + " |");
    }
  }
}
