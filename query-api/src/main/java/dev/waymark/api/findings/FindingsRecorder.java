package dev.waymark.api.findings;

import dev.waymark.api.config.ApiConfig;
import dev.waymark.api.gateway.Records;
import dev.waymark.api.store.FindingStore;
import dev.waymark.api.store.RefusedEvent;
import dev.waymark.api.store.StoreUnavailableException;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what the checks at the doors found. It reads what the gateway has written to Kafka, so
 * that an event is acknowledged whether or not the database is there; several processes share the
 * work. An offset is committed once its rows are; rows that are there already stay as they are.
 * While the database or the broker is away it waits and tries again.
 */
@Singleton
public final class FindingsRecorder implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(FindingsRecorder.class);
  private static final String NAME = "waymark-findings";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MAX_RECORDS = 500;

  private final ApiConfig config;
  private final FindingStore store;
  private final Counter unreadable;
  private final EventCodec codec;
  private final Thread thread = new Thread(this::run, NAME);
  private volatile boolean isClosed;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
  private boolean isFailing;

  FindingsRecorder(ApiConfig config, FindingStore store, MeterRegistry meters) {
    this.config = config;
    this.store = store;
    this.unreadable = meters.counter("waymark.findings.unreadable");
    this.codec =
        new EventCodec(
            new EventLimits(
                config.ingest().maxBodyBytes(),
                EventLimits.DEFAULT.maxNestingDepth(),
                EventLimits.DEFAULT.maxIdBytes()));
    thread.setDaemon(true);
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    thread.start();
  }

  @PreDestroy
  void close() throws InterruptedException {
    isClosed = true;
    KafkaConsumer<byte[], byte[]> reading = current;
    if (reading != null) {
      reading.wakeup();
    }
    thread.join(Duration.ofSeconds(2).toMillis());
  }

  private void run() {
    while (!isClosed) {
      try {
        recordUntilFailure();
      } catch (KafkaException | StoreUnavailableException e) {
        if (!isClosed) {
          waitAfter(e);
        }
      }
    }
  }

  /** A consumer that has failed is replaced: the next begins where the last rows were stored. */
  private void recordUntilFailure() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      current = consumer;
      consumer.subscribe(List.of(Topics.VIOLATIONS, Topics.REFUSED_EVENTS));
      while (!isClosed) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          record(records);
          consumer.commitSync();
          isFailing = false;
        }
      }
    } finally {
      current = null;
    }
  }

  private void record(ConsumerRecords<byte[], byte[]> records) {
    List<Violation> violations = new ArrayList<>();
    List<RefusedEvent> refused = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        if (record.topic().equals(Topics.REFUSED_EVENTS)) {
          refused.add(refusedEvent(record));
        } else if (record.headers().lastHeader(Records.FOUND_AT_THE_DOOR) != null) {
          violations.add(ViolationCodec.decode(text(record.value())));
        }
      } catch (UndecodableException | IllegalArgumentException e) {
        leave(record, e);
      }
    }
    if (!violations.isEmpty() || !refused.isEmpty()) {
      store.record(violations, refused);
    }
  }

  private RefusedEvent refusedEvent(ConsumerRecord<byte[], byte[]> record)
      throws UndecodableException {
    if (record.value() != null && codec.decode(record.value()) instanceof Event event) {
      return new RefusedEvent(
          event,
          text(record.value()),
          List.of(text(violations(record)).split(",", -1)),
          Instant.ofEpochMilli(record.timestamp()));
    }
    throw new IllegalArgumentException("no event");
  }

  private static byte @Nullable [] violations(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Records.VIOLATIONS);
    return header == null ? null : header.value();
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /** The gateway wrote what it could read, so this is a stranger's. */
  private void leave(ConsumerRecord<byte[], byte[]> record, Exception problem) {
    unreadable.increment();
    LOG.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("problem", problem.getMessage())
        .log("not written by a gateway; it stays in Kafka");
  }

  /** The same trouble is said once, not every second. */
  private void waitAfter(RuntimeException e) {
    if (!isFailing) {
      LOG.atWarn().addKeyValue("problem", e.getMessage()).log("findings wait to be stored");
    }
    isFailing = true;
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
  }

  private Map<String, Object> settings() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        config.kafka().bootstrapServers(),
        ConsumerConfig.CLIENT_ID_CONFIG,
        NAME,
        ConsumerConfig.GROUP_ID_CONFIG,
        NAME,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        MAX_RECORDS,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
        ApiConfig.PATIENCE_MS,
        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
        10_000);
  }
}
