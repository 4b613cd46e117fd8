package dev.waymark.api.feed;

import dev.waymark.schemas.Topics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the feed's topics have been told: of each partition the offset that comes next. It is
 * what a watcher sends to go on after a break, and means the same to every process. Immutable.
 */
final class Position {
  /** The topics, in the order in which they are written. */
  static final List<String> TOPICS = List.of(Topics.EVENTS, Topics.VIOLATIONS);

  private static final int VERSION = 1;
  private static final int MAX_LENGTH = 16_384;
  private static final int MAX_PARTITIONS = 1_000;
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MAX_SHIFT = 63;

  private final long[][] next;

  private Position(long[][] next) {
    this.next = next;
  }

  /** Nothing told, no partition known. */
  static Position none() {
    return new Position(new long[TOPICS.size()][0]);
  }

  /** The same with one partition further on, which may be new. */
  Position with(TopicPartition partition, long nextOffset) {
    long[][] copy = next.clone();
    int topic = TOPICS.indexOf(partition.topic());
    copy[topic] =
        Arrays.copyOf(copy[topic], Math.max(copy[topic].length, partition.partition() + 1));
    copy[topic][partition.partition()] = nextOffset;
    return new Position(copy);
  }

  /** The offset that comes next; 0 where the partition is not known. */
  long next(TopicPartition partition) {
    return next(TOPICS.indexOf(partition.topic()), partition.partition());
  }

  private long next(int topic, int partition) {
    return partition < next[topic].length ? next[topic][partition] : 0;
  }

  /** Whether everything before the other one is before this one too. */
  boolean covers(Position other) {
    for (int topic = 0; topic < other.next.length; topic++) {
      for (int partition = 0; partition < other.next[topic].length; partition++) {
        if (next(topic, partition) < other.next[topic][partition]) {
          return false;
        }
      }
    }
    return true;
  }

  /** URL-safe text. */
  String encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    for (long[] offsets : next) {
      write(bytes, offsets.length);
      for (long offset : offsets) {
        write(bytes, offset);
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** Reads what {@link #encode} wrote; empty for anything else. */
  static Optional<Position> decode(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(Base64.getUrlDecoder().decode(text));
      if (bytes.read() != VERSION) {
        return Optional.empty();
      }
      long[][] next = new long[TOPICS.size()][];
      for (int topic = 0; topic < next.length; topic++) {
        long count = read(bytes);
        if (count > MAX_PARTITIONS) {
          return Optional.empty();
        }
        next[topic] = new long[(int) count];
        for (int partition = 0; partition < count; partition++) {
          next[topic][partition] = read(bytes);
        }
      }
      return bytes.available() == 0 ? Optional.of(new Position(next)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Whatever it was, it is not one of ours.
      return Optional.empty();
    }
  }

  private static void write(ByteArrayOutputStream bytes, long value) {
    long rest = value;
    while (rest >= 1 << VARINT_BITS) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= VARINT_BITS;
    }
    bytes.write((int) rest);
  }

  private static long read(ByteArrayInputStream bytes) {
    long value = 0;
    for (int shift = 0; shift < VARINT_MAX_SHIFT; shift += VARINT_BITS) {
      int part = bytes.read();
      if (part < 0) {
        throw new IllegalArgumentException("cut off");
      }
      value |= (long) (part & 0x7f) << shift;
      if (part < 1 << VARINT_BITS) {
        return value;
      }
    }
    throw new IllegalArgumentException("longer than a number");
  }
}
