package dev.waymark.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void flagBeatsEnvironmentBeatsDefault() {
    // Given
    Map<String, String> environment =
        Map.of(
            "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "from-env:1",
            "WAYMARK_DB_USER", "from-env",
            "WAYMARK_TIME", "log");
    Settings settings =
        new Settings(new String[] {"--kafka.bootstrap-servers", "from-flag:2"}, environment);

    // When
    JobConfig config = JobConfig.from(settings);

    // Then
    assertThat(config.kafka().bootstrapServers()).isEqualTo("from-flag:2");
    assertThat(config.database().user()).isEqualTo("from-env");
    assertThat(config.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/waymark");
    assertThat(config.time().mode()).isEqualTo(TimeMode.LOG);
    assertThat(config.decode().maxEventBytes()).isEqualTo(1 << 20);
  }

  @Test
  void reportsAllProblemsAtOnce() {
    // Given
    String[] args = {
      "--kafka.bootstrap-servers",
      "nowhere",
      "--time",
      "sometimes",
      "--write.batch-rows",
      "0",
      "--write.flush-ms",
      "soon",
      "--write.retrys",
      "1",
      "stray",
      "--db.user"
    };
    Settings settings = new Settings(args, Map.of("WAYMARK_DB_URL", "mysql://x"));

    // When
    JobConfig.from(settings);

    // Then
    assertThatThrownBy(settings::requireValid)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).startsWith("stray: must be a flag"),
                        p -> assertThat(p).isEqualTo("--db.user: needs a value"),
                        p ->
                            assertThat(p)
                                .isEqualTo(
                                    "--kafka.bootstrap-servers: must be host:port,"
                                        + " comma-separated, was \"nowhere\""),
                        p ->
                            assertThat(p)
                                .isEqualTo(
                                    "WAYMARK_DB_URL: must start with jdbc:postgresql:, was"
                                        + " \"mysql://x\""),
                        p ->
                            assertThat(p)
                                .isEqualTo("--time: must be one of live, log, was \"sometimes\""),
                        p ->
                            assertThat(p)
                                .isEqualTo(
                                    "--write.batch-rows: must be from 1 to 2147483647, was \"0\""),
                        p ->
                            assertThat(p)
                                .isEqualTo(
                                    "--write.flush-ms: must be a whole number, was \"soon\""),
                        p -> assertThat(p).startsWith("--write.retrys: unknown; known are --")));
  }

  @Test
  void neverShowsThePassword() {
    assertThat(new DatabaseConfig("jdbc:postgresql://h/d", "u", "secret").toString())
        .doesNotContain("secret");
  }
}
