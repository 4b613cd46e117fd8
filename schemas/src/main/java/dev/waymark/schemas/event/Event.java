package dev.waymark.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * One thing an agent did, as the jobs see it: the fields they compute with, and the record's bytes
 * as they were published. Immutable by convention: nobody writes to {@code raw}.
 *
 * @param tenant {@code meta.tenant}, {@value #DEFAULT_TENANT} where absent
 * @param runId {@code meta.run_id} as text
 * @param seq order in the run, at least 1
 * @param timeMicros when it happened by the producer, in µs since the epoch
 * @param actor who acted: agent, tool, user, human, system, redteam
 * @param type reasoning, action_request, action_response, final_output, error or environment
 * @param agentId {@code meta.agent_id} as text
 * @param idempotencyKey {@code meta.idempotency_key}; null where absent
 * @param action of a request {@code payload.action}, of anything else {@code meta.action}; null
 *     where absent
 * @param callId {@code meta.call_id} as text; null where absent
 * @param status {@code payload.status}; null where absent
 * @param resource {@code meta.resource}; null where absent
 * @param model {@code meta.model}; null where absent
 * @param provider {@code meta.provider}; null where absent
 * @param userId {@code meta.user_id} as text; null where absent
 * @param sessionId {@code meta.session_id} as text; null where absent
 * @param traceId {@code meta.trace_id} as text; null where absent
 * @param usage token counts of the model call this event stands for; null where it stands for none
 * @param costUsd {@code meta.cost_usd}; null where absent
 * @param latencyMs {@code payload.latency_ms}, of a tool; null where absent
 * @param genLatencyMs {@code meta.gen_latency_ms}, of a model; null where absent
 * @param raw the Kafka record's value, byte for byte
 */
public record Event(
    String tenant,
    String runId,
    long seq,
    long timeMicros,
    String actor,
    String type,
    String agentId,
    @Nullable String idempotencyKey,
    @Nullable String action,
    @Nullable String callId,
    @Nullable String status,
    @Nullable String resource,
    @Nullable String model,
    @Nullable String provider,
    @Nullable String userId,
    @Nullable String sessionId,
    @Nullable String traceId,
    @Nullable Usage usage,
    @Nullable Double costUsd,
    @Nullable Double latencyMs,
    @Nullable Double genLatencyMs,
    byte[] raw)
    implements Decoded {

  /** The tenant of events that name none. */
  public static final String DEFAULT_TENANT = "default";

  public static final String REASONING = "reasoning";
  public static final String ACTION_REQUEST = "action_request";
  public static final String ACTION_RESPONSE = "action_response";
  public static final String FINAL_OUTPUT = "final_output";
  public static final String ERROR = "error";
  public static final String ENVIRONMENT = "environment";

  /**
   * What tells this event from the others of its run: the idempotency key, else {@code seq:} and
   * the number.
   */
  public String identity() {
    return idempotencyKey != null ? idempotencyKey : "seq:" + seq;
  }

  /** Whether a model was called: the event carries token counts or a cost. */
  public boolean isModelCall() {
    return usage != null || costUsd != null;
  }

  /** Whether it tells of a failure: an {@code error}, or a response whose status says so. */
  public boolean isError() {
    return type.equals(ERROR)
        || (type.equals(ACTION_RESPONSE)
            && status != null
            && (status.equals("error") || status.equals("failure") || status.equals("failed")));
  }

  /** The same event with the action it was found to answer. */
  public Event withAction(String joined) {
    return new Event(
        tenant,
        runId,
        seq,
        timeMicros,
        actor,
        type,
        agentId,
        idempotencyKey,
        joined,
        callId,
        status,
        resource,
        model,
        provider,
        userId,
        sessionId,
        traceId,
        usage,
        costUsd,
        latencyMs,
        genLatencyMs,
        raw);
  }
}
