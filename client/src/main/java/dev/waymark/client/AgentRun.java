package dev.waymark.client;

import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One run of one agent: numbers its events and stamps them with run, agent, tenant and time where
 * they have none. Events are published in the order of the calls; safe for concurrent use.
 */
public final class AgentRun {
  private final EventPublisher publisher;
  private final Clock clock;
  private final @Nullable String tenant;
  private final String runId;
  private final String agentId;
  private long nextSeq;
  private long lastMicros;

  AgentRun(
      EventPublisher publisher,
      Clock clock,
      @Nullable String tenant,
      String runId,
      String agentId,
      long nextSeq) {
    this.publisher = publisher;
    this.clock = clock;
    this.tenant = tenant;
    this.runId = runId;
    this.agentId = agentId;
    this.nextSeq = nextSeq;
  }

  public String runId() {
    return runId;
  }

  /** The number of the next event. A process that takes the run over goes on from here. */
  public synchronized long nextSeq() {
    return nextSeq;
  }

  /**
   * Publishes the event. The future completes when Kafka has acknowledged it; see {@link
   * EventPublisher#publish(byte[], byte[])}. Throws {@link IllegalStateException} naming the field
   * when the event breaks the contract; it then takes no number.
   */
  public synchronized CompletableFuture<Void> send(EventBuilder event) {
    boolean numbered = event.hasSeq();
    stamp(event);
    Event built = event.toEvent();
    if (!numbered) {
      nextSeq++;
    }
    lastMicros = Math.max(lastMicros, built.timeMicros());
    return publisher.publish(built);
  }

  /**
   * Says that the run is over, so that what is still missing is judged now and not after a time of
   * silence. Needed only where the run ends without a final output.
   */
  public synchronized CompletableFuture<Void> finish() {
    String owner = tenant == null ? Event.DEFAULT_TENANT : tenant;
    long end = Math.max(lastMicros, Times.micros(Instant.now(clock)));
    return publisher.publish(
        EventPublisher.key(owner, runId), ControlRecords.finalizeRun(owner, runId, end));
  }

  private void stamp(EventBuilder event) {
    if (!event.hasSeq()) {
      event.seq(nextSeq);
    }
    if (!event.hasTime()) {
      event.at(Instant.now(clock));
    }
    if (!event.hasMeta("run_id")) {
      event.run(runId);
    }
    if (!event.hasMeta("agent_id")) {
      event.agent(agentId);
    }
    if (!event.hasMeta("tenant")) {
      event.tenant(tenant);
    }
  }
}
