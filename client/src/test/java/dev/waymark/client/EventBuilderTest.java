package dev.waymark.client;

import static dev.waymark.client.EventBuilder.actionRequest;
import static dev.waymark.client.EventBuilder.actionResponse;
import static dev.waymark.client.EventBuilder.environment;
import static dev.waymark.client.EventBuilder.error;
import static dev.waymark.client.EventBuilder.finalOutput;
import static dev.waymark.client.EventBuilder.reasoning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBuilderTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456789Z");

  @Test
  void spellsAnEventInTheOrderOfTheContract() {
    // Given
    EventBuilder builder =
        actionRequest("book_flight")
            .meta("resource", "flights/LIS")
            .param("to", "LIS")
            .params(Map.of("seats", 2))
            .param("via", null)
            .callId("c1")
            .model("gpt-4.1")
            .usage(812, 40)
            .cached(512, 0);

    // When
    Event event = complete(builder).toEvent();

    // Then
    assertThat(new String(event.raw(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"seq\":1,\"t\":\"2026-03-01T10:00:00.123456Z\",\"actor\":\"agent\","
                + "\"type\":\"action_request\","
                + "\"payload\":{\"action\":\"book_flight\",\"params\":{\"to\":\"LIS\",\"seats\":2}},"
                + "\"meta\":{\"resource\":\"flights/LIS\",\"call_id\":\"c1\",\"model\":\"gpt-4.1\","
                + "\"usage\":{\"input_tokens\":812,\"output_tokens\":40,"
                + "\"cached_input_tokens\":512,\"cache_write_input_tokens\":0},"
                + "\"run_id\":\"r1\",\"agent_id\":\"booking\"}}");
    assertThat(event.usage()).isEqualTo(new Usage(812, 40, 512, 0));
  }

  @Test
  void everyTypeIsReadBackByTheCodec() {
    assertThat(complete(reasoning().thought("hm").goal("g").plan(List.of("a"))).toEvent())
        .returns("reasoning", Event::type)
        .returns("agent", Event::actor);
    assertThat(
            complete(
                    actionResponse("success")
                        .result(Map.of("flight", "TP123"))
                        .latencyMs(12.5)
                        .action("book_flight"))
                .toEvent())
        .returns("action_response", Event::type)
        .returns("tool", Event::actor)
        .returns("book_flight", Event::action)
        .returns("success", Event::status)
        .returns(12.5, Event::latencyMs);
    assertThat(complete(finalOutput("done").costUsd(0.25).genLatencyMs(900)).toEvent())
        .returns("final_output", Event::type)
        .returns(0.25, Event::costUsd)
        .returns(900.0, Event::genLatencyMs);
    assertThat(complete(error("timeout", "no answer")).toEvent())
        .returns("error", Event::type)
        .returns("system", Event::actor);
    assertThat(complete(environment().payload("cpu", 0.5)).toEvent())
        .returns("environment", Event::type);
  }

  @Test
  void namesTheFieldThatBreaksTheContract() {
    assertThatIllegalStateException()
        .isThrownBy(() -> actionRequest("x").run("r1").agent("a").at(AT).toEvent())
        .withMessage("seq: required");
    assertThatIllegalStateException()
        .isThrownBy(() -> complete(reasoning()).seq(0).toEvent())
        .withMessage("seq: must be at least 1, was 0");
    assertThatIllegalStateException()
        .isThrownBy(() -> complete(reasoning().actor("robot")).toEvent())
        .withMessageStartingWith("actor: must be one of");
    assertThatIllegalStateException()
        .isThrownBy(() -> complete(finalOutput("nul \0 inside")).toEvent())
        .withMessageStartingWith("record: NUL character");
  }

  private static EventBuilder complete(EventBuilder builder) {
    return builder.run("r1").agent("booking").seq(1).at(AT);
  }
}
