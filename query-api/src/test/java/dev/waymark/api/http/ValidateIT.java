package dev.waymark.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.ApiServer;
import dev.waymark.schemas.rule.RuleParser;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rule sets are looked at by this process alone: no other server is there. */
class ValidateIT {
  private static final String VALIDATE = "/api/v1/rules/validate";
  private static final String GOOD =
      """
      version: 1
      rules:
        - { id: ends, kind: missing_step, template: existence, activation: { type: final_output } }
      """;

  private static EmbeddedDatabase database;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    database = EmbeddedDatabase.migrated();
    api =
        ApiServer.start(
            Map.of(
                "WAYMARK_DB_URL", database.url(),
                "WAYMARK_DB_USER", database.user(),
                "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "WAYMARK_API_MAX_RULES_BYTES", "1000",
                "WAYMARK_TIME", "log"));
    Await.until("accounts", () -> api.get("/auth/me").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    api.close();
    database.close();
  }

  @Test
  void showsTheRulesOfAGoodSetAsTheyWereUnderstood() throws Exception {
    // When
    JsonNode answer = ok(api.post(VALIDATE, GOOD));

    // Then
    assertThat(answer.path("valid").asBoolean()).isTrue();
    assertThat(answer.path("problems")).isEmpty();
    JsonNode rule = answer.path("rules").path(0);
    assertThat(rule.path("id").asText()).isEqualTo("ends");
    assertThat(rule.path("version").asText()).isEqualTo(RuleParser.parse(GOOD).get(0).version());
    assertThat(rule.path("definition").path("severity").asText()).isEqualTo("ERROR");
  }

  @Test
  void tellsEveryProblemOfABadSetWithItsPath() throws Exception {
    // Given
    String bad =
        "{\"version\": 2, \"rules\": [{\"id\": \"A\", \"kind\": \"sequence\", \"template\": \"idle\"}]}";

    // When
    JsonNode answer = ok(api.post(VALIDATE, bad));

    // Then
    assertThat(answer.path("valid").asBoolean()).isFalse();
    assertThat(answer.path("rules")).isEmpty();
    assertThat(answer.path("problems").findValuesAsText("path"))
        .contains("version", "rules[0].id", "rules[0].within");
    assertThat(answer.path("problems").path(0).path("message").asText())
        .isEqualTo("must be 1, was 2");
  }

  @Test
  void callsWhatIsNoTextAProblemOfTheSet() throws Exception {
    assertThat(ok(api.post(VALIDATE, "rules: [")).path("problems").path(0).path("message").asText())
        .startsWith("not YAML: line 1");
    assertThat(ok(api.post(VALIDATE, " ")).path("valid").asBoolean()).isFalse();
  }

  @Test
  void refusesASetBeyondTheLimit() {
    // When
    HttpResponse<String> answer = api.post(VALIDATE, GOOD + "#".repeat(1_000));

    // Then
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("a rule set must have at most 1000 bytes, had 1");
  }

  private static JsonNode ok(HttpResponse<String> answer) throws JsonProcessingException {
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
