package dev.waymark.api.feed;

import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last messages, numbered in the order in which this process met them, bounded in number and
 * bytes: the oldest go first. One thread appends, all others read; nobody waits for a reader.
 */
@Singleton
final class FeedRing {
  private final FeedMessage[] slots;
  private final long maxBytes;
  private long first;
  private long next;
  private long bytes;
  private @Nullable Position floor;
  private @Nullable Position end;

  FeedRing(ApiConfig config) {
    this.slots = new FeedMessage[config.reads().feed().ringMessages()];
    this.maxBytes = config.reads().feed().ringBytes();
  }

  /**
   * A stretch of the ring that one watcher is shown.
   *
   * @param messages those that the filter admits
   * @param next number of the message behind the stretch
   * @param position of the feed there
   */
  record Batch(List<FeedMessage> messages, long next, Position position) {}

  /** From now on messages come, from that position on. */
  synchronized void begin(Position position) {
    floor = position;
    end = position;
  }

  /**
   * Begins anew from that position on, without a message, where nobody watches: who comes at the
   * same time finds it before or after, never in between.
   *
   * @return whether it did
   */
  synchronized boolean beginAnew(Position position, BooleanSupplier isWatched) {
    if (isWatched.getAsBoolean()) {
      return false;
    }
    Arrays.fill(slots, null);
    first = next;
    bytes = 0;
    begin(position);
    return true;
  }

  /** Where messages are told up to; empty until {@link #begin}. */
  synchronized Optional<Position> end() {
    return Optional.ofNullable(end);
  }

  /** Where its oldest message begins. */
  synchronized Position floor() {
    return begun(floor);
  }

  synchronized void append(FeedMessage message) {
    while (next - first == slots.length || (bytes + message.weight() > maxBytes && next > first)) {
      evict();
    }
    slots[index(next)] = message;
    next++;
    bytes += message.weight();
    end = message.position();
    notifyAll();
  }

  /** Appends what is not in Kafka: the feed's position stays as it is. */
  synchronized void appendPassing(FeedKind kind, FeedMessage.Facts facts, String data) {
    append(FeedMessage.passing(kind, facts, data, begun(end)));
  }

  /** The feed is further on, without a message. */
  synchronized void pass(Position position) {
    end = position;
  }

  private void evict() {
    FeedMessage oldest = slots[index(first)];
    floor = oldest.position();
    bytes -= oldest.weight();
    first++;
  }

  /** The number that the next message will have. */
  synchronized long next() {
    return next;
  }

  /** Whether the message of that number was there and is no longer. */
  synchronized boolean isGone(long number) {
    return number < first;
  }

  /**
   * The number from which on there may be messages that a watcher at that position has not had;
   * empty where some of them are gone already.
   */
  synchronized OptionalLong numberAt(Position position) {
    if (!position.covers(begun(floor))) {
      return OptionalLong.empty();
    }
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (position.covers(slots[index(middle)].position())) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return OptionalLong.of(low);
  }

  /**
   * What a filter admits from a number on, up to about {@code maxBytes} of it; empty where the
   * message of that number is gone.
   */
  Optional<Batch> read(long from, FeedFilter filter, int maxBytes) {
    List<FeedMessage> stretch = new ArrayList<>();
    long at;
    Position position;
    synchronized (this) {
      if (from < first) {
        return Optional.empty();
      }
      for (at = from; at < next && stretch.size() < STRETCH; at++) {
        stretch.add(slots[index(at)]);
      }
      position = stretch.isEmpty() ? begun(end) : stretch.get(stretch.size() - 1).position();
    }
    return Optional.of(admitted(stretch, from, filter, maxBytes, position));
  }

  private static Batch admitted(
      List<FeedMessage> stretch, long from, FeedFilter filter, int maxBytes, Position end) {
    List<FeedMessage> messages = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < stretch.size(); i++) {
      FeedMessage message = stretch.get(i);
      if (filter.admits(message)) {
        messages.add(message);
        bytes += message.length();
      }
      if (bytes >= maxBytes) {
        return new Batch(messages, from + i + 1, message.position());
      }
    }
    return new Batch(messages, from + stretch.size(), end);
  }

  /** Waits until a message of that number is there, or the time is over. */
  synchronized void await(long number, long ms) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    long left = ms;
    while (next <= number && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  /** Messages looked at under one lock. */
  private static final int STRETCH = 512;

  private int index(long number) {
    return (int) (number % slots.length);
  }

  private static Position begun(@Nullable Position position) {
    if (position == null) {
      throw new IllegalStateException("the ring has not begun");
    }
    return position;
  }
}
