package dev.waymark.api.doors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waymark.api.gateway.Candidate;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Toon's runs and events. Its events follow the contract; what their {@code meta} leaves out, the
 * address or the run says. Run ids in the address win nothing: an event that names another run is
 * refused.
 */
public final class ToonEvents {
  /** Whose run it is: known to the caller, so that nothing here waits. */
  public record Owner(@Nullable String tenant, String agentId) {}

  /** Identity of the event that a new run begins with. */
  private static final String CREATED = "run-created";

  private ToonEvents() {}

  /** One event, a list of them, or {@code {"events": […]}}. */
  public static List<JsonNode> list(JsonNode body, int maxEvents)
      throws UnmappableException, TooManyEventsException {
    JsonNode list = body.has("events") && !body.has("type") ? body.path("events") : body;
    if (list.isObject()) {
      return List.of(list);
    }
    if (!list.isArray()) {
      throw new UnmappableException("events", "must be an array");
    }
    if (list.size() > maxEvents) {
      throw new TooManyEventsException(maxEvents);
    }
    List<JsonNode> events = new ArrayList<>(list.size());
    list.forEach(events::add);
    return events;
  }

  /**
   * Events of a batch.
   *
   * @param runId from the address; null where each event names its run
   * @param tenant of events that name none; null: the run's
   * @param owners who a run belongs to, where an event does not say
   */
  public static Mapped events(
      List<JsonNode> events,
      @Nullable String runId,
      @Nullable String tenant,
      Function<String, Optional<Owner>> owners) {
    Mapped mapped = new Mapped();
    for (int i = 0; i < events.size(); i++) {
      try {
        mapped.add(new Candidate(i, Json.write(complete(events.get(i), runId, tenant, owners))));
      } catch (UnmappableException e) {
        mapped.reject(i, e);
      }
    }
    return mapped;
  }

  /** The event that a run begins with: what was said of it, as a snapshot of its environment. */
  public static Mapped created(SourceObject run, String runId, Owner owner, long nowMicros)
      throws UnmappableException {
    Long began = run.time("started_at");
    EventDraft event =
        EventDraft.of(
                Event.ENVIRONMENT,
                "system",
                began == null ? nowMicros : began,
                DerivedSeq.Phase.BEGIN,
                CREATED)
            .in(owner.tenant(), runId, owner.agentId(), CREATED)
            .meta("user_id", run.text("user_id"))
            .meta("session_id", run.text("session_id"))
            .meta("trace_id", run.text("trace_id"))
            .payload("goal", run.text("goal", "task", "input"))
            .payload("run", run.rest().isEmpty() ? null : run.rest())
            .x("door", "toon");
    Mapped mapped = new Mapped();
    mapped.add(event.candidate(0));
    return mapped;
  }

  /** The control record that ends a run. */
  public static Mapped finalized(String runId, @Nullable String tenant, long atMicros) {
    ObjectNode record = Json.object().put("type", "finalize").put("t", Times.format(atMicros));
    ObjectNode meta = record.putObject("meta").put("run_id", runId);
    if (tenant != null) {
      meta.put("tenant", tenant);
    }
    Mapped mapped = new Mapped();
    mapped.add(new Candidate(0, Json.write(record)));
    return mapped;
  }

  /** Changes nothing of an event that says everything itself. */
  private static JsonNode complete(
      JsonNode node,
      @Nullable String runId,
      @Nullable String tenant,
      Function<String, Optional<Owner>> owners)
      throws UnmappableException {
    if (!(node instanceof ObjectNode event)) {
      throw new UnmappableException("record", "must be a JSON object");
    }
    if (event.has("meta") && !event.path("meta").isObject()) {
      throw new UnmappableException("meta", "must be an object");
    }
    ObjectNode meta = event.withObject("/meta");
    String run = runOf(meta, runId);
    if (!meta.hasNonNull("run_id")) {
      meta.put("run_id", run);
    }
    if (tenant != null && !meta.hasNonNull("tenant")) {
      meta.put("tenant", tenant);
    }
    if (!meta.hasNonNull("agent_id")) {
      owners.apply(run).ifPresent(owner -> own(meta, owner));
    }
    if (!event.hasNonNull("seq")) {
      number(event, meta);
    }
    return event;
  }

  private static String runOf(ObjectNode meta, @Nullable String runId) throws UnmappableException {
    String named = meta.path("run_id").asText();
    if (runId == null && named.isEmpty()) {
      throw new UnmappableException("meta.run_id", "required");
    }
    if (runId != null && !named.isEmpty() && !named.equals(runId)) {
      throw new UnmappableException("meta.run_id", "must be the run of the address");
    }
    return runId == null ? named : runId;
  }

  private static void own(ObjectNode meta, Owner owner) {
    meta.put("agent_id", owner.agentId());
    if (!meta.hasNonNull("tenant") && owner.tenant() != null) {
      meta.put("tenant", owner.tenant());
    }
  }

  /** Its source id is its idempotency key, else the event itself. */
  private static void number(ObjectNode event, ObjectNode meta) throws UnmappableException {
    long micros = SourceObject.of(event.deepCopy()).requiredTime("t");
    String key = meta.path("idempotency_key").asText();
    String source = key.isEmpty() ? Hash.of(event) : key;
    event.put("seq", DerivedSeq.of(micros, DerivedSeq.Phase.REQUEST, source));
    if (key.isEmpty()) {
      meta.put("idempotency_key", source);
    }
  }
}
