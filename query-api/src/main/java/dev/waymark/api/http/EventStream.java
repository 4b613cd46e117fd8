package dev.waymark.api.http;

import dev.waymark.api.feed.FeedMessage;
import dev.waymark.api.feed.FeedNotice;
import dev.waymark.api.feed.FeedOutlet;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Server-sent events to one watcher, as fast as the connection asks for them. For one subscriber:
 * the server that writes the answer.
 */
final class EventStream implements FeedOutlet, Publisher<byte[]>, Subscription {
  private static final long SUBSCRIBE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Queue<byte[]> chunks = new ArrayDeque<>();
  private final long madeNanos = System.nanoTime();
  private @Nullable Subscriber<? super byte[]> subscriber;
  private long demand;
  private boolean isEnding;
  private boolean isOver;
  private boolean isEmitting;

  @Override
  public synchronized boolean isWritable() {
    return demand > chunks.size();
  }

  @Override
  public synchronized boolean isOpen() {
    boolean isAbandoned = subscriber == null && System.nanoTime() - madeNanos > SUBSCRIBE_NANOS;
    return !isOver && !isAbandoned;
  }

  @Override
  public void write(List<FeedMessage> messages) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    messages.forEach(message -> chunk.writeBytes(message.frame()));
    synchronized (this) {
      chunks.add(chunk.toByteArray());
    }
    emit();
  }

  @Override
  public void close(FeedNotice reason) {
    synchronized (this) {
      isEnding = true;
    }
    emit();
  }

  @Override
  public void subscribe(Subscriber<? super byte[]> server) {
    synchronized (this) {
      subscriber = server;
    }
    server.onSubscribe(this);
    emit();
  }

  @Override
  public void request(long chunksMore) {
    synchronized (this) {
      demand = demand + chunksMore < 0 ? Long.MAX_VALUE : demand + chunksMore;
    }
    emit();
  }

  @Override
  public synchronized void cancel() {
    isOver = true;
    chunks.clear();
  }

  /** Hands on what is asked for; one thread at a time, and what comes meanwhile by the same one. */
  private void emit() {
    Subscriber<? super byte[]> server;
    synchronized (this) {
      if (isEmitting || subscriber == null) {
        return;
      }
      isEmitting = true;
      server = subscriber;
    }
    while (true) {
      byte[] chunk;
      synchronized (this) {
        chunk = demand > 0 && !isOver ? chunks.poll() : null;
        if (chunk == null) {
          isEmitting = false;
          if (!isEnding || isOver || !chunks.isEmpty()) {
            return;
          }
          isOver = true;
        } else {
          demand--;
        }
      }
      if (chunk == null) {
        server.onComplete();
        return;
      }
      server.onNext(chunk);
    }
  }
}
