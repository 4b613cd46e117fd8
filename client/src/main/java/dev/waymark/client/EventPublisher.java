package dev.waymark.client;

import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to the events topic, in the order given. A record counts when the broker has
 * acknowledged it: all in-sync replicas, idempotent, so retries neither lose nor double it.
 *
 * <p>At most {@link ClientConfig#maxBufferBytes} bytes are on their way; {@link OverflowPolicy}
 * says what happens beyond. A caller waits only under {@link OverflowPolicy#BLOCK}, never for the
 * network: a thread of its own hands the records to Kafka. Safe for concurrent use.
 */
public final class EventPublisher implements AutoCloseable {
  private static final int BATCH_BYTES = 128 << 10;
  private static final int LINGER_MS = 5;

  private static final int MAX_REQUEST_TIMEOUT_MS = 30_000;

  /** Key, headers and framing of one record, generously. */
  private static final int RECORD_OVERHEAD_BYTES = 4 << 10;

  /** Room in the producer for batches that are not full, beside the bytes of the budget. */
  private static final long BATCH_SLACK_BYTES = 32L << 20;

  private final ClientConfig config;
  private final Producer<byte[], byte[]> producer;
  private final ByteBudget budget;
  private final BlockingQueue<Queued> queue = new LinkedBlockingQueue<>();
  private final Thread sender;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean stopped;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder acknowledgedBytes = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  private EventPublisher(ClientConfig config, Producer<byte[], byte[]> producer) {
    this.config = config;
    this.producer = producer;
    this.budget = new ByteBudget(config.maxBufferBytes());
    this.sender = new Thread(this::handOver, "waymark-publisher");
    sender.setDaemon(true);
  }

  /** Starts publishing. No connection is made here, so this works before Kafka does. */
  public static EventPublisher open(ClientConfig config) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    EventPublisher publisher =
        new EventPublisher(config, new KafkaProducer<>(producerConfig(config), bytes, bytes));
    publisher.sender.start();
    return publisher;
  }

  /** The key of a run's records: one run's events stay in one partition, in order. */
  public static byte[] key(String tenant, String runId) {
    return (tenant + "/" + runId).getBytes(StandardCharsets.UTF_8);
  }

  /** Publishes an event under its run's key; as {@link #publish(byte[], byte[])}. */
  public CompletableFuture<Void> publish(Event event) {
    return publish(key(event.tenant(), event.runId()), event.raw());
  }

  /**
   * Publishes bytes as they are. The future completes when the broker has acknowledged them, or
   * with a {@link PublishException}: too large, no room, or given up by Kafka. Never throws on what
   * the bytes hold; throws {@link IllegalStateException} after {@link #close}.
   *
   * @param key null: any partition
   */
  public CompletableFuture<Void> publish(byte @Nullable [] key, byte[] value) {
    return enqueue(new ProducerRecord<>(Topics.EVENTS, key, value));
  }

  /**
   * Publishes bytes to every partition, as heartbeats are. Needs the topic to be known, so it may
   * wait for Kafka; throws {@link PublishException} when it is not reached.
   */
  public CompletableFuture<Void> publishToAll(byte[] value) {
    int partitions;
    try {
      partitions = producer.partitionsFor(Topics.EVENTS).size();
    } catch (KafkaException e) {
      throw new PublishException("topic " + Topics.EVENTS + ": " + e.getMessage(), e);
    }
    CompletableFuture<?>[] all = new CompletableFuture<?>[partitions];
    for (int i = 0; i < partitions; i++) {
      all[i] = enqueue(new ProducerRecord<>(Topics.EVENTS, i, null, value));
    }
    return CompletableFuture.allOf(all);
  }

  public PublisherStats stats() {
    // Settled before accepted, so that pending is never negative.
    long ok = acknowledged.sum();
    long lost = failed.sum();
    return new PublisherStats(accepted.sum(), ok, lost, dropped.sum(), acknowledgedBytes.sum());
  }

  /**
   * Takes no more and waits, at most {@link ClientConfig#closeTimeout}, until what was accepted is
   * acknowledged; throws {@link PublishException} when events had to be given up here. Those that
   * failed before have told it through their futures. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean drained = awaitDrained();
    long pending = stats().pending();
    stopSender();
    producer.close(drained ? config.closeTimeout() : Duration.ZERO);
    stopped = true;
    failWhatIsQueued();
    if (!drained) {
      throw new PublishException(
          pending
              + " events were not acknowledged within "
              + config.closeTimeout()
              + " of closing; is Kafka at "
              + config.bootstrapServers()
              + " reachable?");
    }
  }

  private boolean awaitDrained() {
    try {
      return budget.awaitEmpty(config.closeTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void stopSender() {
    sender.interrupt();
    try {
      sender.join();
    } catch (InterruptedException e) {
      // The sender ends by itself; who interrupts a close wants to leave.
      Thread.currentThread().interrupt();
    }
  }

  private void failWhatIsQueued() {
    for (Queued left = queue.poll(); left != null; left = queue.poll()) {
      settle(left, new KafkaException("closed before it was sent"));
    }
  }

  private CompletableFuture<Void> enqueue(ProducerRecord<byte[], byte[]> record) {
    if (closed.get()) {
      throw new IllegalStateException("publisher: closed");
    }
    int bytes = record.value().length;
    if (bytes > config.maxEventBytes()) {
      accepted.increment();
      failed.increment();
      return refused("event: at most " + config.maxEventBytes() + " bytes, was " + bytes);
    }
    if (!takeRoom(record)) {
      return overflow();
    }
    accepted.increment();
    Queued queued = new Queued(record, new CompletableFuture<>());
    queue.add(queued);
    if (stopped) {
      // Closed between the check above and here: nobody else would settle it.
      failWhatIsQueued();
    }
    return queued.done;
  }

  private boolean takeRoom(ProducerRecord<byte[], byte[]> record) {
    boolean block = config.overflow() == OverflowPolicy.BLOCK;
    try {
      return budget.take(cost(record), block ? config.blockTimeout() : Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CompletableFuture<Void> overflow() {
    if (config.overflow() == OverflowPolicy.DROP) {
      dropped.increment();
    } else {
      accepted.increment();
      failed.increment();
    }
    return refused(
        "buffer: "
            + config.maxBufferBytes()
            + " bytes are waiting for Kafka at "
            + config.bootstrapServers());
  }

  private static CompletableFuture<Void> refused(String message) {
    return CompletableFuture.failedFuture(new PublishException(message));
  }

  private void handOver() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        hand(queue.take());
      }
    } catch (InterruptedException e) {
      // close() ends this thread so, and settles what is left.
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Queued next) {
    try {
      Future<RecordMetadata> unused =
          producer.send(next.record, (written, failure) -> settle(next, failure));
    } catch (KafkaException | IllegalStateException e) {
      // A producer that is closed or beyond repair throws; the event's future passes it on.
      settle(next, e);
    }
  }

  private void settle(Queued queued, @Nullable Exception failure) {
    if (failure == null) {
      acknowledged.increment();
      acknowledgedBytes.add(queued.record.value().length);
    } else {
      failed.increment();
    }
    budget.give(cost(queued.record));
    if (failure == null) {
      queued.done.complete(null);
    } else {
      queued.done.completeExceptionally(
          new PublishException("not acknowledged by Kafka: " + failure.getMessage(), failure));
    }
  }

  /** An empty record takes room too, or draining would not wait for it. */
  private static int cost(ProducerRecord<byte[], byte[]> record) {
    return Math.max(1, record.value().length);
  }

  private static Map<String, Object> producerConfig(ClientConfig config) {
    int deliveryMs = (int) Math.min(Integer.MAX_VALUE, config.deliveryTimeout().toMillis());
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression());
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, config.maxEventBytes() + RECORD_OVERHEAD_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.maxBufferBytes() + BATCH_SLACK_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, deliveryMs);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMs);
    // Kafka wants the delivery timeout to be the larger one.
    settings.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.min(MAX_REQUEST_TIMEOUT_MS, Math.max(1, deliveryMs - LINGER_MS)));
    return settings;
  }

  private record Queued(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> done) {}
}
