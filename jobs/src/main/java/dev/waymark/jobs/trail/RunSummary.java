package dev.waymark.jobs.trail;

import com.google.common.math.LongMath;
import dev.waymark.jobs.engine.CostSum;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.types.Binary;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Usage;
import dev.waymark.schemas.metric.EventCost;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code runs} row tells of a run; grows with every event, in whatever order they come.
 */
final class RunSummary {
  static final List<String> TYPES =
      List.of(
          Event.REASONING,
          Event.ACTION_REQUEST,
          Event.ACTION_RESPONSE,
          Event.FINAL_OUTPUT,
          Event.ERROR,
          Event.ENVIRONMENT);

  /** Most models and most answering agents that are listed of one run. */
  private static final int MAX_NAMES = 64;

  private static final long NEVER = Long.MIN_VALUE;

  private long events;
  private final long[] eventsByType = new long[TYPES.size()];
  private long errors;
  private long modelCalls;
  private long unpricedCalls;
  private long inputTokens;
  private long outputTokens;
  private long cachedInputTokens;
  private CostSum cost = new CostSum();
  private final TreeSet<String> models = new TreeSet<>();
  private long lateEvents;
  private long duplicates;
  private long conflicts;

  private long firstMicros;
  private long firstSeq;
  private String firstAgent = "";
  private long lastMicros;
  private long lastSeq;
  private boolean isLastError;

  /** Agents that gave a final output, and when first. */
  private final Map<String, Long> answeredAtMicros = new TreeMap<>();

  private long finalizedAtMicros = NEVER;
  private long silentSinceMicros = NEVER;

  /** A new event. */
  void add(Incoming incoming, @Nullable EventCost eventCost) {
    Event event = incoming.event();
    long micros = microsOf(incoming);
    addOrder(event, micros);
    events++;
    eventsByType[TYPES.indexOf(event.type())]++;
    errors += event.isError() ? 1 : 0;
    lateEvents += incoming.isLate() ? 1 : 0;
    if (event.type().equals(Event.FINAL_OUTPUT) && hasRoomFor(answeredAtMicros.keySet(), event)) {
      answeredAtMicros.merge(event.agentId(), micros, Math::min);
    }
    String model = event.model();
    if (model != null && models.size() < MAX_NAMES) {
      models.add(model);
    }
    if (eventCost != null) {
      addCall(event.usage(), eventCost);
    }
  }

  void addDuplicate() {
    duplicates++;
  }

  void addConflict() {
    conflicts++;
  }

  /** A finalize record: the run ends here unless it has later events. */
  void finalizeAt(long micros) {
    finalizedAtMicros = Math.max(finalizedAtMicros, micros);
  }

  /** Nothing came for the time-out after the last event. */
  void timeOut() {
    silentSinceMicros = lastMicros;
  }

  RunStatus status() {
    if (answeredAtMicros.containsKey(firstAgent)) {
      return RunStatus.COMPLETED;
    }
    if (isFinalized()) {
      return isLastError ? RunStatus.FAILED : RunStatus.COMPLETED;
    }
    if (silentSinceMicros == lastMicros) {
      return isLastError ? RunStatus.FAILED : RunStatus.TIMED_OUT;
    }
    return RunStatus.RUNNING;
  }

  RunRow toRow(String tenant, String runId, long timeoutMs) {
    return new RunRow(
        tenant,
        runId,
        firstAgent,
        status().code(),
        firstMicros,
        lastMicros,
        endedAtMicros(timeoutMs),
        finalizedAtMicros == NEVER ? null : (Long) finalizedAtMicros,
        (lastMicros - firstMicros) / 1_000.0,
        events,
        eventsByTypeJson(),
        errors,
        modelCalls,
        unpricedCalls,
        inputTokens,
        outputTokens,
        cachedInputTokens,
        cost.value(),
        models.toArray(String[]::new),
        lateEvents,
        duplicates,
        conflicts);
  }

  long lastMicros() {
    return lastMicros;
  }

  /** Estimated bytes on the heap. */
  long sizeBytes() {
    return 512 + 80L * (models.size() + answeredAtMicros.size());
  }

  /** An event whose clock is no evidence stands where the broker took it. */
  private static long microsOf(Incoming incoming) {
    return incoming.clockSkew()
        ? incoming.kafkaTimestampMs() * 1_000
        : incoming.event().timeMicros();
  }

  private void addOrder(Event event, long micros) {
    if (events == 0 || isBefore(micros, event.seq(), firstMicros, firstSeq)) {
      firstMicros = micros;
      firstSeq = event.seq();
      firstAgent = event.agentId();
    }
    if (events == 0 || !isBefore(micros, event.seq(), lastMicros, lastSeq)) {
      lastMicros = micros;
      lastSeq = event.seq();
      isLastError = event.type().equals(Event.ERROR);
    }
  }

  private void addCall(@Nullable Usage usage, EventCost eventCost) {
    modelCalls++;
    unpricedCalls += eventCost.isKnown() ? 0 : 1;
    cost.add(eventCost.usd());
    if (usage != null) {
      inputTokens = LongMath.saturatedAdd(inputTokens, usage.inputTokens());
      outputTokens = LongMath.saturatedAdd(outputTokens, usage.outputTokens());
      cachedInputTokens = LongMath.saturatedAdd(cachedInputTokens, usage.cachedInputTokens());
    }
  }

  private static boolean hasRoomFor(Set<String> names, Event event) {
    return names.size() < MAX_NAMES || names.contains(event.agentId());
  }

  private static boolean isBefore(long micros, long seq, long otherMicros, long otherSeq) {
    return micros < otherMicros || (micros == otherMicros && seq < otherSeq);
  }

  private boolean isFinalized() {
    return finalizedAtMicros != NEVER && finalizedAtMicros >= lastMicros;
  }

  private @Nullable Long endedAtMicros(long timeoutMs) {
    Long answered = answeredAtMicros.get(firstAgent);
    if (answered != null) {
      return answered;
    }
    if (isFinalized()) {
      return finalizedAtMicros;
    }
    return silentSinceMicros == lastMicros ? lastMicros + timeoutMs * 1_000 : null;
  }

  private String eventsByTypeJson() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < eventsByType.length; i++) {
      if (eventsByType[i] > 0) {
        json.append(json.length() == 1 ? "\"" : ",\"").append(TYPES.get(i)).append("\":");
        json.append(eventsByType[i]);
      }
    }
    return json.append('}').toString();
  }

  void write(DataOutput out) throws IOException {
    long[] numbers = {
      events,
      errors,
      modelCalls,
      unpricedCalls,
      inputTokens,
      outputTokens,
      cachedInputTokens,
      lateEvents,
      duplicates,
      conflicts,
      firstMicros,
      firstSeq,
      lastMicros,
      lastSeq,
      finalizedAtMicros,
      silentSinceMicros
    };
    for (long number : numbers) {
      Binary.writeNumber(out, number);
    }
    for (long count : eventsByType) {
      Binary.writeNumber(out, count);
    }
    cost.write(out);
    Binary.writeText(out, firstAgent);
    out.writeBoolean(isLastError);
    Binary.writeSize(out, models.size());
    for (String model : models) {
      Binary.writeText(out, model);
    }
    Binary.writeSize(out, answeredAtMicros.size());
    for (Map.Entry<String, Long> answer : answeredAtMicros.entrySet()) {
      Binary.writeText(out, answer.getKey());
      Binary.writeNumber(out, answer.getValue());
    }
  }

  static RunSummary read(DataInput in) throws IOException {
    RunSummary summary = new RunSummary();
    summary.events = Binary.readNumber(in);
    summary.errors = Binary.readNumber(in);
    summary.modelCalls = Binary.readNumber(in);
    summary.unpricedCalls = Binary.readNumber(in);
    summary.inputTokens = Binary.readNumber(in);
    summary.outputTokens = Binary.readNumber(in);
    summary.cachedInputTokens = Binary.readNumber(in);
    summary.lateEvents = Binary.readNumber(in);
    summary.duplicates = Binary.readNumber(in);
    summary.conflicts = Binary.readNumber(in);
    summary.firstMicros = Binary.readNumber(in);
    summary.firstSeq = Binary.readNumber(in);
    summary.lastMicros = Binary.readNumber(in);
    summary.lastSeq = Binary.readNumber(in);
    summary.finalizedAtMicros = Binary.readNumber(in);
    summary.silentSinceMicros = Binary.readNumber(in);
    for (int i = 0; i < summary.eventsByType.length; i++) {
      summary.eventsByType[i] = Binary.readNumber(in);
    }
    summary.cost = CostSum.read(in);
    summary.firstAgent = Binary.readText(in);
    summary.isLastError = in.readBoolean();
    for (int left = Binary.readSize(in); left > 0; left--) {
      summary.models.add(Binary.readText(in));
    }
    for (int left = Binary.readSize(in); left > 0; left--) {
      summary.answeredAtMicros.put(Binary.readText(in), Binary.readNumber(in));
    }
    return summary;
  }
}
