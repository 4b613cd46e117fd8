package dev.waymark.api.feed;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one reader of the feed's topics in this process: from their ends at its start, into the ring.
 * While the broker is away it waits; afterwards it goes on where it was. While nobody watches it
 * reads nothing and only looks where the topics end.
 */
@Singleton
final class FeedFollower implements ApplicationEventListener<ServerStartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PAUSE_MS = 500;

  /** How old the end may be at which a watcher begins who comes first. */
  private static final long REST_MS = 200;

  private static final long DISCOVERY_NANOS = Duration.ofSeconds(30).toNanos();

  private final FeedConsumers consumers;
  private final FeedRing ring;
  private final FeedHub hub;
  private final FeedDecoder decoder = new FeedDecoder();
  private final Thread thread = new Thread(this::follow, "feed-follower");
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  FeedFollower(FeedConsumers consumers, FeedRing ring, FeedHub hub) {
    this.consumers = consumers;
    this.ring = ring;
    this.hub = hub;
    thread.setDaemon(true);
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    thread.start();
  }

  @PreDestroy
  void close() {
    stop.countDown();
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }

  private void follow() {
    boolean isToldOf = false;
    while (!isStopped()) {
      try (KafkaConsumer<byte[], byte[]> opened = consumers.open("waymark-feed")) {
        consumer = opened;
        read(opened);
      } catch (WakeupException e) {
        return;
      } catch (KafkaException e) {
        if (!isStopped() && !isToldOf) {
          isToldOf = true;
          LOG.atWarn().addKeyValue("problem", e.getMessage()).log("the feed waits for Kafka");
        }
        pause(PAUSE_MS);
      }
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> opened) {
    long discoveredNanos = System.nanoTime();
    assign(opened);
    while (!isStopped()) {
      if (opened.assignment().isEmpty() || System.nanoTime() - discoveredNanos > DISCOVERY_NANOS) {
        assign(opened);
        discoveredNanos = System.nanoTime();
      }
      if (opened.assignment().isEmpty()) {
        // The control plane has not made the topics yet.
        pause(PAUSE_MS);
      } else if (hub.isWatched()) {
        opened.poll(POLL).forEach(this::take);
      } else {
        rest(opened);
      }
    }
  }

  private void rest(KafkaConsumer<byte[], byte[]> opened) {
    Position ends = ends(opened, opened.assignment());
    if (ring.beginAnew(ends, hub::isWatched)) {
      opened.assignment().forEach(partition -> opened.seek(partition, ends.next(partition)));
      pause(REST_MS);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Position behind = ring.end().orElseThrow().with(partition, record.offset() + 1);
    Optional<FeedMessage> message = decoder.decode(record, behind);
    if (message.isPresent()) {
      ring.append(message.get());
    } else {
      ring.pass(behind);
    }
  }

  /** Takes up the partitions that are not followed yet. */
  private void assign(KafkaConsumer<byte[], byte[]> opened) {
    Set<TopicPartition> all = new HashSet<>(FeedConsumers.partitions(opened));
    Set<TopicPartition> followed = opened.assignment();
    List<TopicPartition> added = new ArrayList<>(all);
    added.removeAll(followed);
    if (added.isEmpty()) {
      return;
    }
    all.addAll(followed);
    opened.assign(all);
    Optional<Position> known = ring.end();
    if (known.isEmpty()) {
      ring.begin(ends(opened, added));
    }
    Position from = known.orElseGet(() -> ring.end().orElseThrow());
    added.forEach(partition -> opened.seek(partition, from.next(partition)));
  }

  private static Position ends(
      KafkaConsumer<byte[], byte[]> opened, Collection<TopicPartition> partitions) {
    Position position = Position.none();
    for (Map.Entry<TopicPartition, Long> end : opened.endOffsets(partitions).entrySet()) {
      position = position.with(end.getKey(), end.getValue());
    }
    return position;
  }

  private void pause(long ms) {
    try {
      boolean unused = stop.await(ms, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }
}
