package dev.waymark.benchmarks.micro;

import dev.waymark.checks.Checked;
import dev.waymark.checks.Checks;
import dev.waymark.checks.tenant.KeySource;
import dev.waymark.checks.tenant.TenantsParser;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.EventSignature;
import dev.waymark.testkit.Events;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One check of a signed request of about 700 bytes in which nothing is found, and all of them
 * together; each figure has what reading the event costs in it. {@code all_found}: the same with an
 * e-mail address and a telephone number.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class CheckEvent {
  private static final List<String> CHECKS =
      List.of(
          "signature",
          "tool_acl",
          "policy",
          "sequence",
          "prompt_injection",
          "sql_injection",
          "command_injection",
          "secret",
          "pii");
  private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";
  private static final String ALL = "all";
  private static final String FOUND = "all_found";

  /** The check that is on. */
  @Param({
    ALL,
    FOUND,
    "none",
    "signature",
    "tool_acl",
    "policy",
    "prompt_injection",
    "sql_injection",
    "command_injection",
    "secret",
    "pii"
  })
  public String check = ALL;

  /** Made by {@link #prepare}, which JMH calls first. */
  @SuppressWarnings("NullAway.Init")
  private Checks checks;

  @SuppressWarnings("NullAway.Init")
  private Event event;

  @Setup
  public void prepare() throws Exception {
    checks = new Checks(TenantsParser.parse(tenants(), KeySource.of(Map.of("KEY", SECRET))));
    byte[] signed =
        EventSignature.sign(
            request(check.equals(FOUND)), "k1", SECRET.getBytes(StandardCharsets.UTF_8));
    event = (Event) new EventCodec(EventLimits.DEFAULT).decode(signed);
  }

  private static byte[] request(boolean hasFinds) {
    String contact = hasFinds ? "traveller@mail.example, call +358 9 1234567" : "the usual address";
    return Events.request("book_flight")
        .payload("params", Map.of("from", "HEL", "to", "LIS", "seats", 2, "amount", 80))
        .payload(
            "rationale",
            "The traveller confirmed the second offer on Tuesday, wants an aisle seat and no hotel; "
                + "the fare is refundable until 2025-01-06, the day before departure. Write the "
                + "receipt to "
                + contact
                + ", ask the desk in Helsinki for order 48213 where the flight is late, and keep "
                + "the older booking open until this one is paid, as the company's rules demand.")
        .callId("c7")
        .build()
        .raw();
  }

  private String tenants() {
    String others =
        CHECKS.stream()
            .filter(name -> !check.startsWith(ALL) && !name.equals(check))
            .map(name -> name + ": off")
            .collect(Collectors.joining(", "));
    return """
        version: 1
        tenants:
          - id: "*"
            checks: { %s }
            agents:
              - id: "*"
                keys: [ { id: k1, env: KEY } ]
                tools: [ "search_*", { action: "book_*", where: event.payload.params.amount < 100 } ]
            policies:
              - { id: no-prod, deny: event.payload.params.target == "prod" }
              - { id: no-bulk, deny: event.payload.params.seats > 9 }
        """
        .replace("%s", others);
  }

  @Benchmark
  public Checked check() {
    return checks.apply(event);
  }
}
