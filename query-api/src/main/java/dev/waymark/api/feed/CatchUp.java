package dev.waymark.api.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings a watcher that was away from its last position to the ring, by a reader of its own: what
 * the ring no longer holds comes from Kafka. Of each partition all in order; what retention has
 * deleted, or what is more than the limit, is told of in a notice and left out.
 */
final class CatchUp implements Runnable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long PAUSE_MS = 5;

  private final FeedConsumers consumers;
  private final FeedRing ring;
  private final Watcher watcher;
  private final int maxRecords;
  private final FeedDecoder decoder = new FeedDecoder();

  CatchUp(FeedConsumers consumers, FeedRing ring, Watcher watcher, int maxRecords) {
    this.consumers = consumers;
    this.ring = ring;
    this.watcher = watcher;
    this.maxRecords = maxRecords;
  }

  @Override
  public void run() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumers.open("waymark-feed-resume")) {
      List<TopicPartition> partitions = FeedConsumers.partitions(consumer);
      consumer.assign(partitions);
      Position position = start(consumer, partitions);
      partitions.forEach(partition -> consumer.seek(partition, at(partition)));
      read(consumer, position);
    } catch (KafkaException e) {
      watcher.tell(FeedNotice.RESUME_FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      watcher.tell(FeedNotice.GOING_AWAY);
    }
  }

  private long at(TopicPartition partition) {
    return watcher.seen().next(partition);
  }

  /** Moves the watcher to where reading begins, and tells it of what is left out. */
  private Position start(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Position floor = ring.floor();
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    long behind = 0;
    for (TopicPartition partition : partitions) {
      behind += Math.max(0, floor.next(partition) - at(partition));
    }
    Position from = watcher.seen();
    StringBuilder missing = new StringBuilder();
    for (TopicPartition partition : partitions) {
      long earliest = behind > maxRecords ? floor.next(partition) : beginnings.get(partition);
      if (from.next(partition) < earliest) {
        missing
            .append(missing.isEmpty() ? "" : ", ")
            .append(partition)
            .append(": offsets ")
            .append(from.next(partition))
            .append(" to ")
            .append(earliest - 1);
        from = from.with(partition, earliest);
      }
    }
    watcher.tell(List.of(), from);
    if (!missing.isEmpty()) {
      String why = behind > maxRecords ? "more than is told again" : "no longer kept";
      watcher.tell(FeedNotice.gap(why + ": " + missing));
    }
    return from;
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer, Position start)
      throws InterruptedException {
    Position position = start;
    while (!watcher.isOver() && !watcher.attach(position)) {
      List<FeedMessage> messages = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        position = position.with(partition, record.offset() + 1);
        decoder.decode(record, position).ifPresent(messages::add);
      }
      position = passed(consumer, position);
      awaitWritable();
      watcher.tell(messages, position);
    }
  }

  /** Offsets without a record are passed too. */
  private static Position passed(KafkaConsumer<byte[], byte[]> consumer, Position read) {
    Position position = read;
    for (TopicPartition partition : consumer.assignment()) {
      long next = consumer.position(partition);
      if (next > position.next(partition)) {
        position = position.with(partition, next);
      }
    }
    return position;
  }

  private void awaitWritable() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!watcher.isOver() && !watcher.isWritable()) {
      if (System.nanoTime() > deadline) {
        watcher.tell(FeedNotice.TOO_SLOW);
      }
      Thread.sleep(PAUSE_MS);
    }
  }
}
