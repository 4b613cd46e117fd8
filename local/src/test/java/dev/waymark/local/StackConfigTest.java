package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackConfigTest {
  private static final Path HOME = TestStack.projectRoot();

  @TempDir private Path folder;

  @Test
  void needsNothingToBeSet() throws Exception {
    StackConfig config = StackConfig.from(HOME, Map.of(), Map.of());

    assertThat(config.data().root()).isEqualTo(HOME.resolve(".waymark"));
    assertThat(config.time()).isEqualTo("live");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
    assertThat(config.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/waymark");
    assertThat(config.flink().url()).isEqualTo("http://127.0.0.1:8081");
    assertThat(config.api().url()).isEqualTo("http://127.0.0.1:8080");
    assertThat(config.rulesFile()).isEqualTo(HOME.resolve("flink-conf/rules.yaml"));
    assertThat(config.discardState()).isEmpty();
  }

  @Test
  void takesFlagsBeforeEnvironmentBeforeDefaults() throws Exception {
    StackConfig config =
        StackConfig.from(
            HOME,
            Map.of(Setting.API_PORT, "7001"),
            Map.of("WAYMARK_API_PORT", "7002", "WAYMARK_DB_PORT", "7003", "WAYMARK_TIME", ""));

    assertThat(config.api().port()).isEqualTo(7001);
    assertThat(config.database().port()).isEqualTo(7003);
    assertThat(config.time()).isEqualTo("live");
  }

  @Test
  void reportsAllProblemsTogether() {
    Map<Setting, String> flags =
        Map.of(
            Setting.API_PORT, "0",
            Setting.TIME, "slow",
            Setting.KAFKA_HEAP, "lots",
            Setting.DB_URL, "postgres:5432",
            Setting.FLINK, "ftp://x",
            Setting.DISCARD_STATE, "waymark-trail,other",
            Setting.PARALLELISM, "-1");
    Map<String, String> environment = Map.of("WAYMARK_RULES_FILE", "/no/such/file");

    assertThatThrownBy(() -> StackConfig.from(HOME, flags, environment))
        .asInstanceOf(type(InvalidConfigException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactlyInAnyOrder(
                        "--time (WAYMARK_TIME): must be one of live, log, was \"slow\"",
                        "--kafka-heap (WAYMARK_KAFKA_HEAP): must be a size like 512m or 2g, was"
                            + " \"lots\"",
                        "--db-url (WAYMARK_DB_URL): must be like jdbc:postgresql://host:port/name,"
                            + " was \"postgres:5432\"",
                        "--flink (WAYMARK_FLINK_URL): must be like http://host:port, was"
                            + " \"ftp://x\"",
                        "--parallelism (WAYMARK_PARALLELISM): must be a whole number from 1 to"
                            + " 128, was \"-1\"",
                        "--api-port (WAYMARK_API_PORT): must be a whole number from 1 to 65535,"
                            + " was \"0\"",
                        "--rules-file (WAYMARK_RULES_FILE): must be a file that can be read, was"
                            + " \"/no/such/file\"",
                        "--discard-state (WAYMARK_DISCARD_STATE): must name jobs of"
                            + " waymark-metrics, waymark-trail, waymark-validation, or all, was"
                            + " \"waymark-trail,other\""));
  }

  @Test
  void wantsEachPortOnce() {
    assertThatThrownBy(
            () ->
                StackConfig.from(
                    HOME,
                    Map.of(Setting.API_PORT, "8081"),
                    Map.of("WAYMARK_KAFKA_CONTROLLER_PORT", "9092")))
        .asInstanceOf(type(InvalidConfigException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactlyInAnyOrder(
                        "--api-port (WAYMARK_API_PORT): must differ from --flink-port, was"
                            + " \"8081\"",
                        "--kafka-controller-port (WAYMARK_KAFKA_CONTROLLER_PORT): must differ from"
                            + " --kafka-port, was \"9092\""));
  }

  @Test
  void needsNoPortsForWhatRunsElsewhere() throws Exception {
    StackConfig config =
        StackConfig.from(
            HOME,
            Map.of(
                Setting.KAFKA, "k1:9092,k2:9092",
                Setting.DB_URL, "jdbc:postgresql://db:5432/audit?sslmode=require",
                Setting.FLINK, "http://flink:8081/"),
            Map.of());

    assertThat(config.ports()).containsOnlyKeys(Setting.API_PORT);
    assertThat(config.kafka().bootstrapServers()).isEqualTo("k1:9092,k2:9092");
    assertThat(config.flink().url()).isEqualTo("http://flink:8081");
    assertThat(Parts.of(config, true).stream().map(Service::name))
        .containsExactly("api", "jobs", "demo");
  }

  @Test
  void discardsTheStateOfAllJobsWhenAsked() throws Exception {
    StackConfig config = StackConfig.from(HOME, Map.of(Setting.DISCARD_STATE, "all"), Map.of());

    assertThat(config.discardState())
        .containsExactlyInAnyOrder("waymark-trail", "waymark-validation", "waymark-metrics");
  }

  @Test
  void refusesADataDirectoryThatIsAFile() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(
            () -> StackConfig.dataDir(HOME, Map.of(Setting.DATA_DIR, file.toString()), Map.of()))
        .hasMessageContaining("--data-dir (WAYMARK_DATA_DIR): must be a folder or not exist yet");
  }
}
