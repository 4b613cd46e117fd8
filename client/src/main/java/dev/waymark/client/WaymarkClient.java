package dev.waymark.client;

import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an agent starts:
 *
 * <pre>{@code
 * try (WaymarkClient waymark = WaymarkClient.connect("127.0.0.1:9092")) {
 *   AgentRun run = waymark.run("booking-agent");
 *   run.send(actionRequest("book_flight").param("to", "LIS"));
 * }
 * }</pre>
 *
 * One per process is enough; safe for concurrent use. Closing waits for what was sent.
 */
public final class WaymarkClient implements AutoCloseable {
  private static final long FIRST_SEQ = 1;

  private final EventPublisher publisher;
  private final Clock clock;
  private final @Nullable String tenant;

  /**
   * @param tenant whose events these are; null: the default tenant
   */
  public WaymarkClient(EventPublisher publisher, Clock clock, @Nullable String tenant) {
    this.publisher = publisher;
    this.clock = clock;
    this.tenant = tenant;
  }

  /** A client with the defaults of {@link ClientConfig}. */
  public static WaymarkClient connect(String bootstrapServers) {
    return connect(ClientConfig.of(bootstrapServers));
  }

  public static WaymarkClient connect(ClientConfig config) {
    return new WaymarkClient(EventPublisher.open(config), Clock.systemUTC(), null);
  }

  /** A new run with an id of its own. */
  public AgentRun run(String agentId) {
    return run(UUID.randomUUID().toString(), agentId, FIRST_SEQ);
  }

  /**
   * A run with an id that is known elsewhere, or the rest of a run that another process began.
   *
   * @param nextSeq number of the next event: 1 for a new run, else one more than the last
   */
  public AgentRun run(String runId, String agentId, long nextSeq) {
    return new AgentRun(publisher, clock, tenant, runId, agentId, nextSeq);
  }

  /** What became of the events so far. */
  public PublisherStats stats() {
    return publisher.stats();
  }

  /** As {@link EventPublisher#close}. */
  @Override
  public void close() {
    publisher.close();
  }
}
