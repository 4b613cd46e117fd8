package dev.waymark.benchmarks.micro;

import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An event of 350 bytes from its JSON. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class DecodeEvent {
  private static final String EVENT =
      """
      {"seq":7,"t":"2025-01-01T00:00:07.250Z","actor":"agent","type":"action_request",\
      "payload":{"action":"book_flight","params":{"from":"HEL","to":"LIS","seats":2},\
      "rationale":"the traveller confirmed the second offer"},\
      "meta":{"run_id":"run-000041","agent_id":"booking-3","call_id":"c7","model":"large-2",\
      "usage":{"input_tokens":812,"output_tokens":64},"cost_usd":0.0041}}""";

  private final EventCodec codec = new EventCodec(EventLimits.DEFAULT);
  private final byte[] raw = EVENT.getBytes(StandardCharsets.UTF_8);

  @Benchmark
  public Decoded decode() throws UndecodableException {
    return codec.decode(raw);
  }
}
