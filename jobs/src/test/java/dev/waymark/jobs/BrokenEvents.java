package dev.waymark.jobs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Every kind of broken event we could think of, and what becomes of it: the code of a dead letter's
 * reason, or {@value #ACCEPTED}.
 */
public final class BrokenEvents {
  public static final String ACCEPTED = "accepted";

  /** A record and what becomes of it. */
  public record Case(byte[] value, String outcome) {}

  private static final int FIVE_MEGABYTES = 5 << 20;

  private final Map<String, Case> cases = new LinkedHashMap<>();
  private int run;

  private BrokenEvents() {}

  /** By name; every accepted one is the only event of a run of its own. */
  public static Map<String, Case> all() {
    BrokenEvents corpus = new BrokenEvents();
    corpus.addBrokenJson();
    corpus.addMissingFields();
    corpus.addWrongFields();
    corpus.addOddTimes();
    corpus.addOddText();
    corpus.addHugeThings();
    return corpus.cases;
  }

  private void addBrokenJson() {
    String whole = TestEvents.json("r", 1, 0, "error", "\"message\":\"m\"", "");
    add("empty record", "", "not_an_object");
    add("blank record", "  \n", "not_an_object");
    add("no JSON", "hello", "not_json");
    add("truncated", whole.substring(0, whole.length() - 20), "not_json");
    add("truncated in text", whole.substring(0, whole.indexOf("error") + 2), "not_json");
    add("two objects", whole + whole, "not_json");
    add("rest behind the object", whole + "x", "not_json");
    add("array", "[" + whole + "]", "not_an_object");
    add("text", "\"event\"", "not_an_object");
    add("number", "42", "not_an_object");
    add("null", "null", "not_an_object");
    add("single quotes", whole.replace('"', '\''), "not_json");
    add("comment", whole.replaceFirst("\\{", "{/* c */"), "not_json");
    add("trailing comma", whole.replace("}}", ",}}"), "not_json");
    add("NaN", event("\"latency_ms\":NaN", ""), "not_json");
    add("control character in text", event("\"x\":\"a\tb\"", ""), "not_json");
    add("bad escape", event("\"x\":\"\\q\"", ""), "not_json");
    add("UTF-16", whole.getBytes(StandardCharsets.UTF_16), "not_json");
    add("byte order mark", "\uFEFF" + whole, "not_json");
    add("invalid UTF-8", bytes(event("\"x\":\"", ""), 0xC3, 0x28), "not_json");
    add("overlong UTF-8", bytes(event("\"x\":\"", ""), 0xC0, 0xAF), "not_json");
    add("UTF-8 surrogate", bytes(event("\"x\":\"", ""), 0xED, 0xA0, 0x80), "not_json");
  }

  private void addMissingFields() {
    String whole = TestEvents.json("r", 1, 0, "error", "", "");
    add("no fields", "{}", "missing_field");
    add("no seq", whole.replace("\"seq\":1,", ""), "missing_field");
    add("no t", whole.replaceFirst("\"t\":\"[^\"]*\",", ""), "missing_field");
    add("no actor", whole.replace("\"actor\":\"agent\",", ""), "missing_field");
    add("no type", whole.replace("\"type\":\"error\",", ""), "missing_field");
    add("no payload", whole.replace("\"payload\":{},", ""), "missing_field");
    add("no meta", whole.replaceFirst(",\"meta\":.*", "}"), "missing_field");
    add("no run_id", whole.replace("\"run_id\":\"r\",", ""), "missing_field");
    add("empty run_id", whole.replace("\"run_id\":\"r\"", "\"run_id\":\"\""), "missing_field");
    add("null run_id", whole.replace("\"run_id\":\"r\"", "\"run_id\":null"), "missing_field");
    add("no agent_id", whole.replace(",\"agent_id\":\"a1\"", ""), "missing_field");
    add(
        "finalize without run",
        "{\"type\":\"finalize\",\"t\":\"2026-01-01T00:00:00Z\"}",
        "missing_field");
    add("heartbeat without t", "{\"type\":\"heartbeat\"}", "missing_field");
  }

  private void addWrongFields() {
    String whole = TestEvents.json("r", 1, 0, "error", "", "");
    add("seq 0", whole.replace("\"seq\":1", "\"seq\":0"), "bad_field");
    add("seq as text", whole.replace("\"seq\":1", "\"seq\":\"1\""), "bad_field");
    add("seq with fraction", whole.replace("\"seq\":1", "\"seq\":1.5"), "bad_field");
    add("seq of 30 digits", whole.replace("\"seq\":1", "\"seq\":" + "9".repeat(30)), "bad_field");
    add("highest seq", event("", "").replace("\"seq\":1", "\"seq\":9223372036854775807"), ACCEPTED);
    add("unknown actor", whole.replace("\"agent\"", "\"ghost\""), "bad_field");
    add("unknown type", whole.replace("\"error\"", "\"dream\""), "bad_field");
    add("payload as list", whole.replace("\"payload\":{}", "\"payload\":[]"), "bad_field");
    add("meta as text", whole.replaceFirst("\"meta\":.*", "\"meta\":\"m\"}"), "bad_field");
    add("run_id as object", whole.replace("\"run_id\":\"r\"", "\"run_id\":{}"), "bad_field");
    add(
        "run_id as number",
        event("", "").replaceFirst("\"run_id\":\"[^\"]*\"", "\"run_id\":77"),
        ACCEPTED);
    add("negative tokens", event("", "\"usage\":{\"input_tokens\":-1}"), "bad_field");
    add("tokens as text", event("", "\"usage\":{\"input_tokens\":\"1\"}"), "bad_field");
    add("most tokens", event("", "\"usage\":{\"input_tokens\":9223372036854775807}"), ACCEPTED);
    add("negative cost", event("", "\"cost_usd\":-0.1"), "bad_field");
    add("infinite cost", event("", "\"cost_usd\":1e999"), "bad_field");
    add("highest cost", event("", "\"cost_usd\":1.7e308"), ACCEPTED);
    add("smallest latency", event("\"latency_ms\":5e-324", ""), ACCEPTED);
    add("highest latency", event("\"latency_ms\":1.7e308", ""), ACCEPTED);
    add(
        "run_id twice",
        whole.replace("\"run_id\":\"r\"", "\"run_id\":\"r\",\"run_id\":\"s\""),
        "duplicate_field");
    add("seq twice", whole.replace("\"seq\":1", "\"seq\":1,\"seq\":2"), "duplicate_field");
    add("unknown field twice", event("\"x\":1,\"x\":2", ""), ACCEPTED);
  }

  private void addOddTimes() {
    for (String time :
        new String[] {
          "yesterday",
          "",
          "2026-13-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-01-01T25:00:00Z",
          "2026-01-01",
          "2026-01-01T00:00:00",
          "1767225600",
          "+12026-01-01T00:00:00Z",
          "2026-01-01T00:00:00+99:00"
        }) {
      add("t is \"" + time + '"', withTime('"' + time + '"'), "bad_field");
    }
    add("t as number", withTime("1767225600"), "bad_field");
    add("t in year 0001", withTime("\"0001-01-01T00:00:00Z\""), ACCEPTED);
    add("t in year 9999", withTime("\"9999-12-31T23:59:59.999999Z\""), ACCEPTED);
    add("t in 1970", withTime("\"1970-01-01T00:00:00Z\""), ACCEPTED);
    add("t with nanoseconds", withTime("\"2026-01-01T00:00:00.123456789Z\""), ACCEPTED);
    add("t with offset", withTime("\"2026-01-01T05:30:00+05:30\""), ACCEPTED);
  }

  private void addOddText() {
    add("escaped NUL", event("\"x\":\"a\\u0000b\"", ""), "nul_character");
    add("escaped NUL in a name", event("\"\\u0000\":1", ""), "nul_character");
    add("raw NUL", event("\"x\":\"a\0b\"", ""), "not_json");
    add("escaped backslash before u0000", event("\"x\":\"a\\\\u0000b\"", ""), ACCEPTED);
    add("unpaired surrogate in an id", event("", "\"user_id\":\"\\ud800\""), "bad_field");
    add("unpaired surrogate in the payload", event("\"x\":\"\\ud800\"", ""), ACCEPTED);
    add("emoji and right-to-left", event("\"x\":\"\uD83D\uDE00 \u202Eabc\"", ""), ACCEPTED);
    add("SQL in an id", event("", "\"user_id\":\"'; DROP TABLE events; --\""), ACCEPTED);
    add("ids with slash and blank", event("", "\"tenant\":\"a/b c\""), ACCEPTED);
    add("id of 513 bytes", event("", "\"user_id\":\"" + "u".repeat(513) + "\""), "bad_field");
    add(
        "ids of 512 bytes",
        event(
            "",
            "\"idempotency_key\":\""
                + incompressible(512)
                + "\",\"tenant\":\""
                + incompressible(512)
                + "\""),
        ACCEPTED);
  }

  private void addHugeThings() {
    add("5 MB", event("\"x\":\"" + "x".repeat(FIVE_MEGABYTES) + "\"", ""), "too_large");
    add(
        "just below the limit",
        event("\"x\":\"" + "x".repeat((1 << 20) - 400) + "\"", ""),
        ACCEPTED);
    add(
        "100,000 levels of lists",
        event("\"x\":" + "[".repeat(100_000) + "]".repeat(100_000), ""),
        "not_json");
    add("unclosed levels", event("\"x\":" + "{\"y\":".repeat(10_000), ""), "not_json");
    add("100 levels", event("\"x\":" + "[".repeat(100) + "]".repeat(100), ""), ACCEPTED);
    add("number of 10,000 digits", event("\"x\":" + "9".repeat(10_000), ""), "not_json");
    add("name of 60,000 characters", event("\"" + "n".repeat(60_000) + "\":1", ""), "not_json");
    StringBuilder fields = new StringBuilder("\"f0\":0");
    for (int i = 1; i < 20_000; i++) {
      fields.append(",\"f").append(i).append("\":").append(i);
    }
    add("20,000 fields", event(fields.toString(), ""), ACCEPTED);
  }

  /** A good event of a run of its own, with these insides. */
  private String event(String payload, String meta) {
    run++;
    return TestEvents.json("broken-" + run, 1, 0, "error", payload, meta);
  }

  private String withTime(String jsonTime) {
    return event("", "").replaceFirst("\"t\":\"[^\"]*\"", "\"t\":" + jsonTime);
  }

  /** Text that no compression makes shorter, as an index row sees it. */
  private static String incompressible(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append((char) ('!' + 14 + random.nextInt(79)));
    }
    return text.toString().replace('\\', 'b');
  }

  /** The JSON with these bytes where its payload's text is open, and closed behind them. */
  private static byte[] bytes(String json, int... bytes) {
    int open = json.indexOf("\"x\":\"") + 5;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(json.substring(0, open).getBytes(StandardCharsets.UTF_8));
    for (int b : bytes) {
      out.write(b);
    }
    out.writeBytes(("\"" + json.substring(open)).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private void add(String name, String json, String outcome) {
    add(name, json.getBytes(StandardCharsets.UTF_8), outcome);
  }

  private void add(String name, byte[] value, String outcome) {
    if (cases.put(name, new Case(value, outcome)) != null) {
      throw new IllegalStateException("two cases are called " + name);
    }
  }
}
