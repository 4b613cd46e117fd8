package dev.waymark.local.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./waymark up --checks-file}: what comes without a door is redacted and told of, and what a
 * door has checked is left alone.
 */
@Tag("long")
final class CheckedTopicIT {
  private static final String ADDRESS = "jane.roe@example.org";

  /** An attack, with personal data beside it. */
  private static final String EVENT =
      "{\"seq\":1,\"t\":\"2026-03-01T09:00:00Z\",\"actor\":\"agent\",\"type\":\"action_request\",\"payload\":"
          + "{\"action\":\"send_file\",\"params\":{\"name\":\"report.txt; rm -rf /\",\"to\":\""
          + ADDRESS
          + "\"}},\"meta\":{\"run_id\":\"direct\",\"agent_id\":\"bot\"}}";

  /** Between it and the one before it are others missing. */
  private static final String LATER =
      "{\"seq\":4,\"t\":\"2026-03-01T09:00:02Z\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":"
          + "{\"thought\":\"sent\"},\"meta\":{\"run_id\":\"direct\",\"agent_id\":\"bot\"}}";

  private static final String HARMLESS =
      "{\"seq\":1,\"t\":\"2026-03-01T09:00:01Z\",\"actor\":\"agent\",\"type\":\"reasoning\",\"payload\":"
          + "{\"thought\":\"write to "
          + ADDRESS
          + "\"},\"meta\":{\"run_id\":\"by-a-door\",\"agent_id\":\"bot\"}}";

  @TempDir private Path folder;

  @Test
  void checksWhatCameWithoutADoorAndLeavesAloneWhatADoorChecked() throws Exception {
    // Given
    Path events = Files.writeString(folder.resolve("events.jsonl"), EVENT + "\n" + LATER + "\n");
    String tenants = Path.of("../flink-conf/tenants.yaml").toAbsolutePath().normalize().toString();
    Stack stack = Stack.start(folder, List.of("--time", "log", "--checks-file", tenants));
    try {
      // When
      assertThat(stack.run(List.of("send", events.toString())).exitCode()).isZero();
      assertThat(stack.post("/api/v1/events", HARMLESS)).contains("\"accepted\":1");

      // Then
      stack.await("findings", () -> findings(stack, "direct").size() >= 3);
      assertThat(findings(stack, "direct"))
          .anySatisfy(
              found -> assertThat(found.path("rule_id").asText()).isEqualTo("check-sequence"))
          .anySatisfy(
              found -> {
                assertThat(found.path("rule_id").asText()).isEqualTo("check-command-injection");
                assertThat(found.at("/facts/refused").asText()).isEqualTo("too_late");
              });
      stack.await("both trails", () -> !trail(stack, "direct").contains("\"items\":[]"));
      stack.await("the door's", () -> trail(stack, "by-a-door").contains("[EMAIL]"));
      assertThat(trail(stack, "direct")).contains("[EMAIL]").doesNotContain(ADDRESS);
      assertThat(findings(stack, "by-a-door"))
          .singleElement()
          .satisfies(found -> assertThat(found.at("/facts/refused").asText()).isEqualTo("false"));
      assertThat(stack.all("/api/v1/conflicts", Map.of())).isEmpty();
    } finally {
      stack.close();
    }
  }

  private static List<JsonNode> findings(Stack stack, String run) throws Exception {
    return stack.all("/api/v1/violations", Map.of("run", run, "kind", "check"));
  }

  private static String trail(Stack stack, String run) throws Exception {
    boolean isThere =
        stack.all("/api/v1/runs", Map.of()).stream()
            .anyMatch(each -> each.path("run_id").asText().equals(run));
    return isThere
        ? stack.get("/api/v1/runs/" + run + "/trail", Map.of()).toString()
        : "\"items\":[]";
  }
}
