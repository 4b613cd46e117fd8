package dev.waymark.api.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.schemas.event.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Runs of three made-up agents over a day, the same for the same seed: they call models and tools,
 * some at once, fail now and then, and some forget what the rules demand.
 */
final class SampleRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MINUTE_MICROS = 60_000_000L;
  private static final List<String> AGENTS = List.of("service-desk", "data-analyst", "coder");
  private static final List<String> MODELS =
      List.of("gpt-4.1", "claude-sonnet-4-5", "gpt-4.1-mini");
  private static final List<List<String>> TOOLS =
      List.of(
          List.of("get_user_details", "get_reservation_details", "search_flights", "book_flight"),
          List.of("list_tables", "review_query", "run_query", "plot_chart"),
          List.of("read_file", "edit_file", "run_tests", "git_commit"));

  private final Random random;
  private final List<byte[]> records = new ArrayList<>();

  private SampleRuns(long seed) {
    this.random = new Random(seed);
  }

  /** That many runs, the last of which ends about then, as records of the events topic. */
  static List<byte[]> of(int runs, Instant end, long seed) {
    SampleRuns sample = new SampleRuns(seed);
    for (int i = 0; i < runs; i++) {
      long begin = Times.micros(end) - (long) (runs - i) * 24 * 60 * MINUTE_MICROS / runs;
      sample.run(i, begin);
    }
    return sample.records;
  }

  /** One run of that many events, ten calls at once. */
  static List<byte[]> longRun(String runId, int events, Instant begin) {
    SampleRuns sample = new SampleRuns(events);
    Run run = sample.new Run(runId, "coder", "gpt-4.1", Times.micros(begin));
    while (run.seq < events) {
      int calls = (int) Math.min(10, (events - run.seq) / 2);
      if (calls == 0) {
        run.think("Nearly there.");
        continue;
      }
      for (int call = 0; call < calls; call++) {
        run.request("read_file", "call-" + run.seq, 40);
      }
      for (long call = run.seq - calls; call < run.seq; call++) {
        run.waiting.add("call-" + call);
      }
      run.answerAll("read_file");
    }
    return sample.records;
  }

  private void run(int number, long begin) {
    int kind = random.nextInt(AGENTS.size());
    String id = "sample-" + String.valueOf(10_000 + number).substring(1);
    Run run = new Run(id, AGENTS.get(kind), MODELS.get(random.nextInt(MODELS.size())), begin);
    List<String> tools = TOOLS.get(kind);
    run.think("What was asked, and what is known already?");
    int first = random.nextInt(10) == 0 ? 2 : 0;
    for (int tool = first; tool < tools.size(); tool++) {
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        run.request(tools.get(tool), id + "-c" + run.seq, 900);
        run.waiting.add(id + "-c" + (run.seq - 1));
      }
      run.answerAll(tools.get(tool));
    }
    if (random.nextInt(12) > 0) {
      run.end();
    }
  }

  /** A run as it grows. */
  private final class Run {
    private final String id;
    private final String agent;
    private final String model;
    private final List<String> waiting = new ArrayList<>();
    private long at;
    private long seq = 1;

    Run(String id, String agent, String model, long begin) {
      this.id = id;
      this.agent = agent;
      this.model = model;
      this.at = begin;
    }

    void think(String thought) {
      pass(600 + random.nextInt(2_400));
      ObjectNode event = event("reasoning", "agent");
      event.withObject("/payload").put("thought", thought);
      modelCall(event, 1_800);
      add(event);
    }

    void request(String action, String callId, int thoughtMs) {
      pass(30 + random.nextInt(300));
      ObjectNode event = event("action_request", "agent");
      event.withObject("/payload").put("action", action).putObject("params").put("id", seq);
      event.withObject("/meta").put("call_id", callId);
      if (random.nextInt(4) == 0) {
        modelCall(event, thoughtMs);
      }
      add(event);
    }

    /** Answers come in any order. */
    void answerAll(String action) {
      Collections.shuffle(waiting, random);
      for (String callId : waiting) {
        int latencyMs = 40 + (int) Math.exp(random.nextGaussian() + 5);
        pass(latencyMs);
        boolean fails = random.nextInt(16) == 0;
        ObjectNode event = event("action_response", "tool");
        event
            .withObject("/payload")
            .put("status", fails ? "error" : "success")
            .put(fails ? "error" : "result", fails ? "the service did not answer" : "42 rows")
            .put("latency_ms", latencyMs);
        event.withObject("/meta").put("call_id", callId).put("action", action);
        add(event);
      }
      waiting.clear();
    }

    void end() {
      pass(1_000);
      ObjectNode event = event("final_output", "agent");
      event.withObject("/payload").put("output", "Done: all of it was found and checked.");
      modelCall(event, 2_400);
      add(event);
    }

    private ObjectNode event(String type, String actor) {
      ObjectNode event = JSON.createObjectNode();
      event.put("seq", seq++).put("t", Times.format(at)).put("actor", actor).put("type", type);
      event.putObject("payload");
      event.putObject("meta").put("run_id", id).put("agent_id", agent);
      return event;
    }

    private void modelCall(ObjectNode event, int typicalMs) {
      int input = 400 + random.nextInt(4_000);
      int output = 20 + random.nextInt(400);
      ObjectNode meta = event.withObject("/meta");
      meta.put("model", model).put("gen_latency_ms", typicalMs / 2 + random.nextInt(typicalMs));
      meta.put("cost_usd", Math.round(input * 2 + output * 8) / 1e6);
      meta.putObject("usage").put("input_tokens", input).put("output_tokens", output);
    }

    private void add(ObjectNode event) {
      records.add(event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void pass(long ms) {
      at += ms * 1_000;
    }
  }
}
