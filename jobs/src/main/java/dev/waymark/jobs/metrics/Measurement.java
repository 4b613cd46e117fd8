package dev.waymark.jobs.metrics;

import dev.waymark.jobs.engine.Fingerprint;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Usage;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What metrics need of an event; its bytes stay behind, and a fingerprint goes on. Immutable.
 *
 * @param runKey {@link Incoming#runKey}
 * @param type index into {@link EventTypes#ALL}
 * @param isError {@link Event#isError}
 * @param identity fingerprint of its identity
 * @param content fingerprint of its bytes
 * @param timeMs {@link Incoming#timeMs}
 * @param logTimeMs {@link Incoming#logTimeMs}
 */
@TypeInfo(MeasurementTypeInfoFactory.class)
record Measurement(
    String runKey,
    String agentId,
    int type,
    boolean isError,
    boolean clockSkew,
    @Nullable String model,
    @Nullable String action,
    @Nullable String callId,
    Fingerprint identity,
    Fingerprint content,
    long seq,
    long timeMicros,
    long timeMs,
    long logTimeMs,
    @Nullable Usage usage,
    @Nullable Double costUsd,
    @Nullable Double latencyMs,
    @Nullable Double genLatencyMs) {

  static Measurement of(Incoming incoming) {
    Event event = incoming.event();
    return new Measurement(
        incoming.runKey(),
        event.agentId(),
        EventTypes.indexOf(event.type()),
        event.isError(),
        incoming.clockSkew(),
        event.model(),
        event.action(),
        event.callId(),
        Fingerprint.ofIdentity(event.idempotencyKey(), event.seq()),
        Fingerprint.ofContent(event.raw()),
        event.seq(),
        event.timeMicros(),
        incoming.timeMs(),
        incoming.logTimeMs(),
        event.usage(),
        event.costUsd(),
        event.latencyMs(),
        event.genLatencyMs());
  }

  /** Whether it came further behind its partition's time than {@code horizonMs}. */
  boolean isBehind(long horizonMs) {
    return logTimeMs != Incoming.NO_TIME && timeMs < logTimeMs - horizonMs;
  }

  /** Whether a request of the same call gives it its action. */
  boolean needsAction() {
    return type == EventTypes.RESPONSE && action == null && callId != null;
  }
}
