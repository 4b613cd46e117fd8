package dev.waymark.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiConfigTest {
  @Test
  void hasADefaultForEverything() {
    // When
    ApiConfig config = ApiConfig.from(Map.of());

    // Then
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.kafka()).isEqualTo(new ApiConfig.Kafka("127.0.0.1:9092", 4));
    assertThat(config.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/waymark");
    assertThat(config.time()).isEqualTo(TimeMode.LIVE);
    assertThat(config.firstRules()).isEmpty();
  }

  @Test
  void namesVariablesAfterKeys() {
    assertThat(ApiConfig.keys())
        .extracting(ConfigKey::variable)
        .contains("WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "WAYMARK_DB_URL", "WAYMARK_TIME")
        .doesNotHaveDuplicates();
  }

  @Test
  void reportsEveryProblemAtOnce(@TempDir Path directory) throws IOException {
    // Given
    Path rules = directory.resolve("rules.yaml");
    Files.writeString(rules, "version: 2\nrules: [{ id: A }]\n");
    Map<String, String> environment =
        Map.of(
            "WAYMARK_API_HOST", " ",
            "WAYMARK_API_PORT", "eighty",
            "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "broker",
            "WAYMARK_DB_URL", "postgres://waymark:hunter2@db/waymark",
            "WAYMARK_FLINK_URL", "flink:8081",
            "WAYMARK_TIME", "slow",
            "WAYMARK_RULES_FILE", rules.toString());

    // When
    InvalidConfigException refusal =
        catchThrowableOfType(InvalidConfigException.class, () -> ApiConfig.from(environment));

    // Then
    assertThat(refusal.problems())
        .contains(
            "WAYMARK_API_HOST: must not be empty, was \"\"",
            "WAYMARK_API_PORT: must be a whole number from 0 to 65535, was \"eighty\"",
            "WAYMARK_KAFKA_BOOTSTRAP_SERVERS: must be a list host:port,host:port, was \"broker\"",
            "WAYMARK_DB_URL: must start with jdbc:postgresql://, was \"postgres:…\"",
            "WAYMARK_FLINK_URL: must be an http or https address, was \"flink:8081\"",
            "WAYMARK_TIME: must be one of live, log, was \"slow\"",
            "WAYMARK_RULES_FILE: " + rules + ": version: must be 1, was 2")
        .hasSizeGreaterThan(7);
  }

  @Test
  void namesARulesFileThatIsNotThere() {
    // When
    InvalidConfigException refusal =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> ApiConfig.from(Map.of("WAYMARK_RULES_FILE", "/no/such/rules.yaml")));

    // Then
    assertThat(refusal.problems())
        .containsExactly(
            "WAYMARK_RULES_FILE: must be a readable file of UTF-8 text, was \"/no/such/rules.yaml\"");
  }

  @Test
  void showsNoPassword() {
    // When
    ApiConfig config =
        ApiConfig.from(
            Map.of(
                "WAYMARK_DB_PASSWORD", "hunter2",
                "WAYMARK_DB_URL", "jdbc:postgresql://db/waymark?password=hunter2"));

    // Then
    assertThat(config.toString()).doesNotContain("hunter2");
    assertThat(config.database().password()).isEqualTo("hunter2");
  }

  @Test
  void namesEverySecretThatProductionMisses() {
    // When
    InvalidConfigException refusal =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> ApiConfig.from(Map.of("WAYMARK_MODE", "production")));

    // Then
    assertThat(refusal.problems())
        .containsExactly(
            "WAYMARK_JWT_KEY: must be set in production, or WAYMARK_JWT_KEY_FILE",
            "WAYMARK_MASTER_KEY: must be set in production, or WAYMARK_MASTER_KEY_FILE",
            "WAYMARK_DB_PASSWORD: must be set in production, or WAYMARK_DB_PASSWORD_FILE");
  }

  @Test
  void readsSecretsFromFilesAndShowsNone(@TempDir Path directory) throws IOException {
    // Given
    Path key = directory.resolve("key");
    Path password = directory.resolve("password");
    Files.writeString(key, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n");
    Files.writeString(password, "hunter2\n");

    // When
    ApiConfig config =
        ApiConfig.from(
            Map.of(
                "WAYMARK_MODE", "production",
                "WAYMARK_JWT_KEY_FILE", key.toString(),
                "WAYMARK_MASTER_KEY_FILE", key.toString(),
                "WAYMARK_DB_PASSWORD_FILE", password.toString(),
                "WAYMARK_ADMIN_KEY", "a-key-of-an-admin-of-forty-characters-or-so"));

    // Then
    assertThat(config.database().password()).isEqualTo("hunter2");
    assertThat(config.security().tokenKey()).hasSize(32);
    assertThat(config.toString()).doesNotContain("hunter2", "a-key-of-an-admin");
    InvalidConfigException refusal =
        catchThrowableOfType(
            InvalidConfigException.class,
            () ->
                ApiConfig.from(Map.of("WAYMARK_JWT_KEY", "short", "WAYMARK_ADMIN_KEY", "hunter2")));
    assertThat(refusal.problems())
        .containsExactly(
            "WAYMARK_JWT_KEY: must be 32 bytes in base64",
            "WAYMARK_ADMIN_KEY: must have at least 32 characters");
  }
}
