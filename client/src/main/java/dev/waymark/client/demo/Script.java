package dev.waymark.client.demo;

import dev.waymark.client.EventBuilder;
import dev.waymark.schemas.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one run, each at its moment: models take a second or two, tools less, people
 * more. Every model call grows the prompt, most of which the provider has cached by then.
 */
final class Script {
  private static final int FIRST_PROMPT_TOKENS = 1_400;
  private static final double CACHED_SHARE = 0.75;
  private static final double MICROS_PER_MS = 1_000.0;

  private final String runId;
  private final String agentId;
  private final String tenant;
  private final String model;
  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private Instant now;
  private int promptTokens = FIRST_PROMPT_TOKENS;
  private int calls;

  Script(String runId, String agentId, String tenant, String model, Instant start, Random random) {
    this.runId = runId;
    this.agentId = agentId;
    this.tenant = tenant;
    this.model = model;
    this.now = start.truncatedTo(ChronoUnit.MICROS);
    this.random = random;
  }

  /** A tool call under way. */
  record Call(String id, String action, Instant asked) {}

  List<Event> events() {
    return List.copyOf(events);
  }

  /** What the run is for, in its user's words. */
  Script goal(String goal) {
    write(EventBuilder.reasoning().actor("user").goal(goal));
    return this;
  }

  Script thought(String thought) {
    write(fromModel(EventBuilder.reasoning().thought(thought)));
    return this;
  }

  /** The agent says something to its user, who answers. */
  Script dialogue(String question, String answer) {
    write(fromModel(EventBuilder.actionRequest("respond").param("content", question)));
    Instant asked = now;
    pass(1_200, 3_000);
    write(
        EventBuilder.actionResponse("success")
            .actor("user")
            .action("respond")
            .result(answer)
            .latencyMs(msSince(asked)));
    return this;
  }

  /** A tool call that succeeds in usual time. */
  Script call(String action, Map<String, ?> params, Object result) {
    Call call = request(action, params);
    pass(60, 700);
    answer(call, "success", result);
    return this;
  }

  /** A tool call that fails in usual time. */
  Script failingCall(String action, Map<String, ?> params, String error) {
    Call call = request(action, params);
    pass(60, 700);
    answer(call, "error", error);
    return this;
  }

  /** A tool call that is answered, but late. */
  Script hangingCall(String action, Map<String, ?> params, Object result, Duration hang) {
    Call call = request(action, params);
    now = now.plus(hang);
    answer(call, "success", result);
    return this;
  }

  /** The model is quick here: it says the same again. */
  Script sameCallAgain(String action, Map<String, ?> params, String status, Object result) {
    pass(150, 400);
    Call call = write(action, EventBuilder.actionRequest(action).params(params));
    pass(60, 300);
    answer(call, status, result);
    return this;
  }

  Script finalOutput(String output) {
    write(fromModel(EventBuilder.finalOutput(output)));
    return this;
  }

  /** One of these, by chance. */
  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A number from {@code min} to below {@code max}. */
  int number(int min, int max) {
    return min + random.nextInt(max - min);
  }

  private Call request(String action, Map<String, ?> params) {
    return write(action, fromModel(EventBuilder.actionRequest(action).params(params)));
  }

  private Call write(String action, EventBuilder request) {
    Call call = new Call("call-" + ++calls, action, now);
    write(request.callId(call.id()));
    return call;
  }

  private void answer(Call call, String status, Object result) {
    EventBuilder response =
        EventBuilder.actionResponse(status)
            .callId(call.id())
            .action(call.action())
            .latencyMs(msSince(call.asked()));
    write(status.equals("success") ? response.result(result) : response.payload("error", result));
  }

  private EventBuilder fromModel(EventBuilder event) {
    Instant asked = now;
    pass(350, 1_300);
    int output = number(25, 260);
    int cached = calls == 0 ? 0 : (int) (promptTokens * CACHED_SHARE);
    event.model(model).usage(promptTokens, output).cached(cached, 0).genLatencyMs(msSince(asked));
    promptTokens += output + number(40, 600);
    return event;
  }

  private void write(EventBuilder event) {
    events.add(
        event
            .seq(events.size() + 1)
            .at(now)
            .run(runId)
            .agent(agentId)
            .tenant(tenantField())
            .toEvent());
    // Two events of a run never share a moment.
    now = now.plus(number(1_000, 9_000), ChronoUnit.MICROS);
  }

  private @Nullable String tenantField() {
    return tenant.equals(Event.DEFAULT_TENANT) ? null : tenant;
  }

  private void pass(int minMs, int maxMs) {
    now = now.plus(number(minMs * 1_000, maxMs * 1_000), ChronoUnit.MICROS);
  }

  private double msSince(Instant then) {
    return ChronoUnit.MICROS.between(then, now) / MICROS_PER_MS;
  }
}
