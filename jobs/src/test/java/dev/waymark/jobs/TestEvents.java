package dev.waymark.jobs;

import dev.waymark.jobs.config.DecodeConfig;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.RawRecord;
import dev.waymark.jobs.ports.RecordDecoder;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Events as JSON, and decoded as the source does it. */
public final class TestEvents {
  /** When test runs begin. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  public static final DecodeConfig DECODE =
      new DecodeConfig(
          EventLimits.DEFAULT.maxEventBytes(),
          EventLimits.DEFAULT.maxNestingDepth(),
          EventLimits.DEFAULT.maxIdBytes());

  private static final long CLOCK_SKEW_MS = 300_000;
  private static final RecordDecoder DECODER = new RecordDecoder("test", DECODE, CLOCK_SKEW_MS);

  private TestEvents() {}

  /** {@code seconds} after {@link #START}, as µs since the epoch. */
  public static long micros(double seconds) {
    return Times.micros(START) + Math.round(seconds * 1_000_000);
  }

  /** {@code seconds} after {@link #START}, as ms since the epoch. */
  public static long millis(double seconds) {
    return Math.floorDiv(micros(seconds), 1_000);
  }

  /** An event's JSON; {@code payload} and {@code meta} are the insides of their objects. */
  public static String json(
      String run, long seq, double seconds, String type, String payload, String meta) {
    return """
        {"seq":%d,"t":"%s","actor":"agent","type":"%s","payload":{%s},"meta":{"run_id":"%s","agent_id":"a1"%s}}"""
        .formatted(
            seq,
            Times.format(micros(seconds)),
            type,
            payload,
            run,
            meta.isEmpty() ? "" : "," + meta);
  }

  public static String finalizeJson(String run, double seconds) {
    return """
        {"type":"finalize","t":"%s","meta":{"run_id":"%s"}}"""
        .formatted(Times.format(micros(seconds)), run);
  }

  public static String heartbeatJson(double seconds) {
    return """
        {"type":"heartbeat","t":"%s"}"""
        .formatted(Times.format(micros(seconds)));
  }

  /** Decoded as record {@code offset} of partition 0, taken by the broker at its own time. */
  public static Incoming incoming(String json, long offset, double kafkaSeconds) {
    return DECODER.decode(
        new RawRecord(
            json.getBytes(StandardCharsets.UTF_8), Topics.EVENTS, 0, offset, millis(kafkaSeconds)));
  }
}
