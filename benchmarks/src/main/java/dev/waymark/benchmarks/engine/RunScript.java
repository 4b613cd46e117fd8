package dev.waymark.benchmarks.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The events of one run as bytes, in the order in which they arrive, with room for the run's number
 * and each event's time: {@link #eventOf} fills both in. Two events come shortly one after the
 * other, then the agent thinks; now and then the two have changed places, and some answers come
 * twice.
 */
final class RunScript {
  static final int MIN_EVENTS = 8;
  static final int MAX_EVENTS = 40;

  private static final int EVENT_BYTES = 350;
  private static final double SWAPPED = 0.05;
  private static final double REPEATED = 0.02;
  private static final String RUN = "run-0000000";
  private static final String TIME = "2025-01-01T00:00:00.000000Z";
  private static final String[] ACTIONS = {
    "search_flights", "read_calendar", "get_weather", "compare_offers", "list_orders"
  };

  /** What a planted run does wrong; one for each rule. */
  enum Fault {
    NONE,
    BOOKS_BLINDLY,
    CHARGES_AFTER_REFUND,
    LEAVES_A_CALL_OPEN,
    ENDS_WITHOUT_ANSWER,
    KEEPS_A_REFUND_SECRET,
    RUNS_AWAY
  }

  /**
   * One record.
   *
   * @param place which of the run's arrivals its time is that of
   */
  private record Arrival(byte[] bytes, int place, int runAt, int timeAt) {}

  private final List<Arrival> arrivals = new ArrayList<>();
  private final Random random;
  private final int agent;
  private int seq;
  private int calls;

  private RunScript(Random random) {
    this.random = random;
    this.agent = random.nextInt(20);
  }

  static RunScript of(Fault fault, Random random) {
    RunScript script = new RunScript(random);
    script.write(fault);
    script.disturb();
    return script;
  }

  int arrivals() {
    return arrivals.size();
  }

  /** Which arrival's time the record carries that arrives as the given one. */
  int placeOf(int arrival) {
    return arrivals.get(arrival).place;
  }

  byte[] eventOf(int arrival, int run, long timeMicros) {
    Arrival template = arrivals.get(arrival);
    byte[] event = template.bytes.clone();
    writeNumber(event, template.runAt + RUN.length(), 7, run);
    writeTime(event, template.timeAt, timeMicros);
    return event;
  }

  private void write(Fault fault) {
    int events = MIN_EVENTS + random.nextInt(MAX_EVENTS - MIN_EVENTS + 1);
    add("reasoning", "agent", "\"thought\":\"what is asked\"", "");
    switch (fault) {
      case NONE -> writeWell(events);
      case BOOKS_BLINDLY -> call("book_flight");
      case CHARGES_AFTER_REFUND -> {
        refund();
        call("charge_card");
      }
      case LEAVES_A_CALL_OPEN -> request("search_hotels");
      case ENDS_WITHOUT_ANSWER, RUNS_AWAY -> {}
      case KEEPS_A_REFUND_SECRET -> call("refund_order");
    }
    if (fault == Fault.RUNS_AWAY) {
      for (int i = 0; i < 17; i++) {
        call("search_flights");
      }
    }
    while (seq < (fault == Fault.RUNS_AWAY ? 0 : events - 1)) {
      think();
    }
    if (arrivals.size() % 2 == (fault == Fault.ENDS_WITHOUT_ANSWER ? 1 : 0)) {
      think();
    }
    if (fault != Fault.ENDS_WITHOUT_ANSWER) {
      add("final_output", "agent", "\"output\":\"done\",\"confidence\":0.93", "");
    }
  }

  private void writeWell(int events) {
    switch (random.nextInt(4)) {
      case 0 -> {
        call("get_user_profile");
        call("book_flight");
      }
      case 1 -> refund();
      case 2 -> call("charge_card");
      default -> {}
    }
    while (seq < events - 4) {
      call(ACTIONS[random.nextInt(ACTIONS.length)]);
      think();
    }
  }

  private void refund() {
    call("refund_order");
    call("notify_user");
  }

  private void think() {
    add("reasoning", "agent", "\"thought\":\"what is next\"", "");
  }

  private void call(String action) {
    String call = request(action);
    add(
        "action_response",
        "tool",
        "\"status\":\"success\",\"result\":{\"items\":3},\"latency_ms\":420",
        ",\"call_id\":\"" + call + "\",\"action\":\"" + action + "\"");
  }

  private String request(String action) {
    String call = "c" + ++calls;
    add(
        "action_request",
        "agent",
        "\"action\":\"" + action + "\",\"params\":{\"q\":\"HEL to LIS\",\"seats\":2}",
        ",\"call_id\":\"" + call + "\"");
    return call;
  }

  private void add(String type, String actor, String payload, String meta) {
    StringBuilder event = new StringBuilder();
    event.append("{\"seq\":").append(++seq).append(",\"t\":\"").append(TIME);
    event.append("\",\"actor\":\"").append(actor).append("\",\"type\":\"").append(type);
    event.append("\",\"payload\":{").append(payload).append(",\"note\":\"");
    int noteAt = event.length();
    event.append("\"},\"meta\":{\"run_id\":\"").append(RUN);
    event.append("\",\"agent_id\":\"agent-").append(agent).append('"').append(meta);
    event.append(",\"model\":\"large-2\",\"usage\":{\"input_tokens\":812,\"output_tokens\":64}}}");
    event.insert(noteAt, "x".repeat(Math.max(0, EVENT_BYTES - event.length())));
    String text = event.toString();
    arrivals.add(
        new Arrival(
            text.getBytes(StandardCharsets.US_ASCII),
            arrivals.size(),
            text.indexOf(RUN),
            text.indexOf(TIME)));
    if (type.equals("action_response") && random.nextDouble() < REPEATED) {
      arrivals.add(arrivals.get(arrivals.size() - 1));
    }
  }

  private void disturb() {
    for (int i = 0; i + 1 < arrivals.size(); i += 2) {
      if (random.nextDouble() < SWAPPED) {
        Arrival first = arrivals.get(i);
        arrivals.set(i, arrivals.get(i + 1));
        arrivals.set(i + 1, first);
      }
    }
  }

  private static void writeTime(byte[] event, int at, long micros) {
    long seconds = micros / 1_000_000;
    writeNumber(event, at + 10, 2, 1 + seconds / 86_400);
    writeNumber(event, at + 13, 2, seconds / 3_600 % 24);
    writeNumber(event, at + 16, 2, seconds / 60 % 60);
    writeNumber(event, at + 19, 2, seconds % 60);
    writeNumber(event, at + 26, 6, micros % 1_000_000);
  }

  private static void writeNumber(byte[] event, int end, int digits, long number) {
    long rest = number;
    for (int i = 1; i <= digits; i++) {
      event[end - i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
