package dev.waymark.client;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes that may be on their way at once. Safe for concurrent use. */
final class ByteBudget {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private final long capacity;
  private long taken;

  ByteBudget(long capacity) {
    this.capacity = capacity;
  }

  /** Takes the bytes, waiting for room if need be; false when there is none in time. */
  boolean take(int bytes, Duration timeout) throws InterruptedException {
    return awaitRoom(capacity - bytes, bytes, timeout);
  }

  /** Waits until nothing is on its way; false when that takes longer. */
  boolean awaitEmpty(Duration timeout) throws InterruptedException {
    return awaitRoom(0, 0, timeout);
  }

  void give(int bytes) {
    lock.lock();
    try {
      taken -= bytes;
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitRoom(long atMost, int bytes, Duration timeout) throws InterruptedException {
    long leftNanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (taken > atMost) {
        if (leftNanos <= 0) {
          return false;
        }
        leftNanos = given.awaitNanos(leftNanos);
      }
      taken += bytes;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
