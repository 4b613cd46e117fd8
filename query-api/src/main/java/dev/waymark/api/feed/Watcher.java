package dev.waymark.api.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One watcher's place in the ring. It holds no messages: where it lags behind so far that the ring
 * has let go of what comes next, it is cut off.
 */
final class Watcher {
  /** Of one write: what a watcher that stops reading has piled up is a few of these. */
  private static final int BATCH_BYTES = 16_384;

  private static final int BATCHES_A_TURN = 16;

  private final FeedFilter filter;
  private final FeedOutlet outlet;
  private final FeedRing ring;
  private final long endsAtNanos;
  private Position seen;
  private long next;
  private boolean isAttached;
  private boolean isOver;
  private long lastWriteNanos = System.nanoTime();

  /**
   * Takes where it begins.
   *
   * @param lasts until it has to ask anew, as it may no longer see what it saw
   */
  Watcher(FeedFilter filter, FeedOutlet outlet, FeedRing ring, Position seen, Duration lasts) {
    this.endsAtNanos = System.nanoTime() + lasts.toNanos();
    this.filter = filter;
    this.outlet = outlet;
    this.ring = ring;
    this.seen = seen;
  }

  FeedFilter filter() {
    return filter;
  }

  /** Goes on from the ring, from that position on; false where the ring no longer reaches back. */
  synchronized boolean attach(Position position) {
    OptionalLong number = ring.numberAt(position);
    number.ifPresent(
        at -> {
          seen = position;
          next = at;
          isAttached = true;
        });
    return isAttached;
  }

  /** Whether it has ended, whoever ended it. */
  synchronized boolean isOver() {
    if (!isOver && !outlet.isOpen()) {
      isOver = true;
    }
    return isOver;
  }

  synchronized void tell(FeedNotice notice) {
    if (isOver) {
      return;
    }
    if (notice.isLast()) {
      isOver = true;
      outlet.write(List.of(notice.at(seen)));
      outlet.close(notice);
    } else {
      write(List.of(notice.at(seen)));
    }
  }

  /** Writes what was read from elsewhere, before it is attached. */
  synchronized void tell(List<FeedMessage> messages, Position behind) {
    List<FeedMessage> admitted = messages.stream().filter(filter::admits).toList();
    if (!isOver && !admitted.isEmpty()) {
      write(admitted);
    }
    seen = behind;
  }

  synchronized boolean isWritable() {
    return outlet.isWritable();
  }

  /** Writes what there is and can be written; returns whether more is left. */
  synchronized boolean advance(long heartbeatNanos) {
    if (!isAttached || isOver) {
      return false;
    }
    if (System.nanoTime() - endsAtNanos > 0) {
      tell(FeedNotice.ASK_AGAIN);
      return false;
    }
    for (int i = 0; i < BATCHES_A_TURN; i++) {
      if (!outlet.isWritable()) {
        cutOffIfLost();
        return !isOver && next < ring.next();
      }
      if (!writeBatch()) {
        break;
      }
    }
    if (!isOver && System.nanoTime() - lastWriteNanos > heartbeatNanos && outlet.isWritable()) {
      tell(FeedNotice.HEARTBEAT);
    }
    return !isOver && next < ring.next();
  }

  private void cutOffIfLost() {
    if (ring.isGone(next)) {
      tell(FeedNotice.TOO_SLOW);
    }
  }

  /** Returns whether there may be more. */
  private boolean writeBatch() {
    Optional<FeedRing.Batch> read = ring.read(next, filter, BATCH_BYTES);
    if (read.isEmpty()) {
      tell(FeedNotice.TOO_SLOW);
      return false;
    }
    FeedRing.Batch batch = read.get();
    boolean hasMoved = batch.next() > next;
    List<FeedMessage> fresh = fresh(batch.messages());
    if (!fresh.isEmpty()) {
      write(fresh);
    }
    next = batch.next();
    if (batch.position().covers(seen)) {
      seen = batch.position();
    }
    return hasMoved;
  }

  /** Without those that the watcher had before it came here. */
  private List<FeedMessage> fresh(List<FeedMessage> messages) {
    Position had = seen;
    for (FeedMessage message : messages) {
      if (message.isBefore(had)) {
        return messages.stream().filter(each -> !each.isBefore(had)).toList();
      }
    }
    return messages;
  }

  private void write(List<FeedMessage> messages) {
    outlet.write(messages);
    lastWriteNanos = System.nanoTime();
  }

  /** Where it is; for those who read for it. */
  synchronized Position seen() {
    return seen;
  }
}
