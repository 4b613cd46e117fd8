package dev.waymark.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waymark.api.DoorsServer;
import dev.waymark.checks.CheckedMark;
import dev.waymark.schemas.event.EventSignature;
import dev.waymark.schemas.event.NotCanonicalException;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.Events;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checks find at a door is refused or redacted before Kafka, and recorded. */
class CheckedDoorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DOOR = "/api/v1/events";
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final String SHARED_SECRET = "doors and jobs share this secret.";
  private static final String TENANTS =
      """
      version: 1
      tenants:
        - id: signed
          signature: required
          agents:
            - id: booker
              keys: [{ id: k1, file: "%s" }]
              tools: [ "search_*", { action: refund, where: event.payload.params.amount <= 100 } ]
        - id: shadowed
          shadow: true
        - id: default
          policies:
            - { id: no-prod, deny: event.payload.params.target.startsWith("prod"), message: not there }
      """;

  @TempDir private static Path folder;

  private static Path tenants;
  private static DoorsServer server;

  @BeforeAll
  static void start() throws IOException {
    Path key = Files.write(folder.resolve("k1"), SECRET);
    tenants = folder.resolve("tenants.yaml");
    Files.writeString(tenants, TENANTS.replace("%s", key.toString()));
    server =
        new DoorsServer(
            folder.resolve("objects"),
            Map.of(
                "WAYMARK_TENANTS_FILE",
                tenants.toString(),
                CheckedMark.SECRET_VARIABLE,
                SHARED_SECRET));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void takesWhatTheAgentSignedAndRefusesWhatItMayNotDo() throws Exception {
    // Given
    int before = server.records().size();
    Events search = Events.request("search_flights").tenant("signed").agent("booker").run("s");
    String good = signed(search.seq(1), SECRET);
    String forged =
        signed(
            search.seq(2), "another secret of thirty-two bytes".getBytes(StandardCharsets.UTF_8));
    String unsigned = text(search.seq(3));
    String delete = signed(search.seq(4).payload("action", "delete_all"), SECRET);
    String changed = good.replace("search_flights", "search_hotels");

    // When
    JsonNode receipt =
        receipt(post("[" + String.join(",", good, forged, unsigned, delete, changed) + "]"));

    // Then
    assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
    assertThat(receipt.path("rejected").findValuesAsText("index"))
        .containsExactly("1", "2", "3", "4");
    assertThat(receipt.path("rejected").findValuesAsText("reason"))
        .satisfiesExactly(
            forgery -> assertThat(forgery).contains("check signature"),
            missing -> assertThat(missing).contains("check signature"),
            notAllowed -> assertThat(notAllowed).contains("check tool_acl"),
            tampered -> assertThat(tampered).contains("check signature"));
    assertThat(server.records()).hasSize(before + 1);
    assertThat(recordText(before)).isEqualTo(good);
    var record = server.records().get(before);
    assertThat(
            new CheckedMark(SHARED_SECRET)
                .isOn(record.headers().lastHeader(CheckedMark.HEADER).value(), record.value()))
        .isTrue();
    Await.until("refused events", () -> items("refused-events?tenant=signed").size() == 4);
    assertThat(items("violations?tenant=signed&kind=check").findValuesAsText("rule_id"))
        .contains("check-signature", "check-tool-acl");
    JsonNode refused = items("refused-events?tenant=signed").get(0);
    assertThat(refused.path("violation_ids")).isNotEmpty();
    assertThat(refused.path("event").path("meta").path("run_id").asText()).isEqualTo("s");
  }

  @Test
  void replacesPersonalDataAndSecretsBeforeAnythingIsStored() throws Exception {
    // Given
    int before = server.records().size();
    String address = "jane.roe@example.org";
    String card = "4111 1111 1111 1111";
    String privateKey = "AKIA" + "Q3EGXAMPLE7ZKLMN";
    String personal =
        text(Events.reasoning("write to " + address + " about " + card).run("pii").seq(1));
    String secret = text(Events.reasoning("use " + privateKey + " for it").run("pii").seq(2));

    // When
    JsonNode receipt = receipt(post("[" + personal + "," + secret + "]"));

    // Then
    assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
    assertThat(receipt.path("rejected").get(0).path("reason").asText())
        .contains("check secret")
        .doesNotContain(privateKey);
    assertThat(recordText(before))
        .contains("[EMAIL]", "[CREDIT_CARD]")
        .doesNotContain(address, card);
    Await.until("findings", () -> items("violations?run=pii").size() >= 3);
    Await.until("refused", () -> items("refused-events?run=pii").size() == 1);
    String stored = items("violations?run=pii") + " " + items("refused-events?run=pii");
    assertThat(stored)
        .contains("\"refused\":\"true\"", "\"refused\":\"false\"")
        .doesNotContain(address, card, privateKey);
  }

  @Test
  void notesInShadowWhatItWouldRefuse() throws Exception {
    // Given
    String attack =
        text(
            Events.request("query")
                .tenant("shadowed")
                .run("shadow")
                .payload("params", Map.of("name", "x' OR 1=1; DROP TABLE users; --")));

    // When
    JsonNode shadow = receipt(post(attack));
    JsonNode enforced = receipt(post(attack.replace("shadowed", "default")));

    // Then
    assertThat(shadow.path("accepted").asInt()).isEqualTo(1);
    assertThat(enforced.path("rejected").get(0).path("path").asText())
        .isEqualTo("payload.params.name");
    Await.until("finding", () -> items("violations?tenant=shadowed").size() == 1);
    assertThat(items("violations?tenant=shadowed").get(0).path("facts").path("refused").asText())
        .isEqualTo("false");
    assertThat(items("refused-events?tenant=shadowed")).isEmpty();
  }

  @Test
  void deniesByPolicy() {
    // Given
    Events deploy = Events.request("deploy").run("p");

    // When
    JsonNode denied = receipt(post(text(deploy.payload("params", Map.of("target", "prod-eu")))));
    JsonNode allowed = receipt(post(text(deploy.payload("params", Map.of("target", "test")))));

    // Then
    assertThat(denied.path("rejected").get(0).path("reason").asText())
        .contains("check policy", "not there");
    assertThat(allowed.path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void checksWhatComesThroughOtherDoors() {
    // Given
    String key = "AKIA" + "Q3EGXAMPLE7ZKLMN";
    String decision =
        """
        {"id": "d1", "user_id": "u", "session_id": "other-doors", "decision_type": "route", "model": "m",
         "prompt": "call it with KEY", "response": "done", "timestamp": "2025-01-01T00:00:00Z"}"""
            .replace("KEY", key);

    // When
    HttpResponse<String> answer = server.api().postJson("/api/v1/audit/log", decision);

    // Then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer.body()).path("errors").get(0).path("path").asText())
        .isEqualTo("payload.goal");
    assertThat(answer.body()).doesNotContain(key);
  }

  @Test
  void acceptsWhileTheDatabaseIsAwayAndRecordsLater() {
    // Given
    server.database().refuseConnections();
    String personal = text(Events.reasoning("ask jane.roe@example.org").run("away").seq(1));

    // When
    JsonNode receipt = receipt(post(personal));
    server.database().allowConnections();

    // Then
    assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
    Await.until("health", () -> server.api().get("/health").statusCode() == 200);
    Await.until("finding", () -> items("violations?run=away").size() == 1);
  }

  @Test
  void notesAGapAndRefusesNothingForIt() throws Exception {
    // When
    for (int seq : List.of(1, 2, 5, 3)) {
      receipt(post(text(Events.reasoning("step").run("gap").seq(seq))));
    }

    // Then
    Await.until("notes", () -> items("violations?run=gap").size() == 2);
    assertThat(items("violations?run=gap").findValuesAsText("rule_id"))
        .containsOnly("check-sequence");
  }

  @Test
  void followsTheFileAndKeepsWhatItHasWhereTheFileIsWrong() throws Exception {
    // Given
    String before = Files.readString(tenants);
    String stranger = text(Events.reasoning("hello").tenant("stranger").run("new"));
    assertThat(receipt(post(stranger)).path("rejected").get(0).path("path").asText())
        .isEqualTo("meta.tenant");

    // When
    Files.writeString(tenants, before + "  - id: stranger\n");

    // Then
    Await.until("the new tenant", () -> receipt(post(stranger)).path("accepted").asInt() == 1);
    Files.writeString(tenants, "version: 1\ntenants: [{id: 7, nonsense: true}]\n");
    Await.until(
        "the gauge",
        () -> server.api().get("/prometheus").body().contains("waymark_tenants_file_invalid 1.0"));
    assertThat(receipt(post(stranger)).path("duplicates").asInt()).isEqualTo(1);
    Files.writeString(tenants, before);
    Await.until(
        "the gauge",
        () -> server.api().get("/prometheus").body().contains("waymark_tenants_file_invalid 0.0"));
  }

  private static HttpResponse<String> post(String body) {
    return server.api().postJson(DOOR, body);
  }

  private static String text(Events event) {
    return new String(event.bytes(), StandardCharsets.UTF_8);
  }

  private static String signed(Events event, byte[] secret) throws NotCanonicalException {
    return new String(EventSignature.sign(event.bytes(), "k1", secret), StandardCharsets.UTF_8);
  }

  private static String recordText(int index) {
    return new String(server.records().get(index).value(), StandardCharsets.UTF_8);
  }

  private static JsonNode receipt(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer.body());
  }

  private static JsonNode items(String list) {
    HttpResponse<String> answer = server.api().get("/api/v1/" + list);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body()).path("items");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
