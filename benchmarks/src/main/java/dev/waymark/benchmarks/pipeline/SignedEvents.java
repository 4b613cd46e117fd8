package dev.waymark.benchmarks.pipeline;

import dev.waymark.schemas.event.EventSignature;
import dev.waymark.schemas.event.NotCanonicalException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Events of one agent that signs, some 750 bytes each, in which the checks find nothing. */
final class SignedEvents {
  static final String AGENT = "gateway-bench";
  static final String KEY_ID = "bench";
  static final String SECRET = "a secret of the benchmark, 32 bytes at least";

  private static final int EVENTS_A_RUN = 20;
  private static final long BEGIN_MS = 1_735_689_600_000L;
  private static final String WORDS =
      "The traveller asks for a later flight on the same day, keeps the hotel as it is booked and pays the"
          + " difference in fare with the voucher that was issued last week. Before anything is changed, look"
          + " up the fare rules and tell what the change would cost in all.";

  private SignedEvents() {}

  /** The name of the run that the event of this number is of. */
  static String run(String load, long number) {
    return load + '-' + number / EVENTS_A_RUN;
  }

  /** One event as JSON, signed. */
  static String event(String load, long number) {
    String event =
        "{\"seq\":"
            + (number % EVENTS_A_RUN + 1)
            + ",\"t\":\""
            + Instant.ofEpochMilli(BEGIN_MS + number)
            + "\",\"actor\":\"agent\",\"type\":\"action_request\",\"payload\":{\"action\":\"search_flights\",\"params\":"
            + "{\"from\":\"HAM\",\"to\":\"LIS\",\"limit\":10,\"note\":\""
            + WORDS
            + "\"}},\"meta\":{\"run_id\":\""
            + run(load, number)
            + "\",\"agent_id\":\""
            + AGENT
            + "\",\"call_id\":\"call-"
            + number
            + "\",\"model\":\"gpt-4o\",\"usage\":{\"input_tokens\":812,\"output_tokens\":40}}}";
    try {
      byte[] signed =
          EventSignature.sign(
              event.getBytes(StandardCharsets.UTF_8),
              KEY_ID,
              SECRET.getBytes(StandardCharsets.UTF_8));
      return new String(signed, StandardCharsets.UTF_8);
    } catch (NotCanonicalException e) {
      throw new IllegalStateException(event, e);
    }
  }
}
