package dev.waymark.api.gateway;

import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds what requests that bring events hold of threads and memory: whoever comes beyond it is
 * turned away at once, rather than later and slowly.
 */
@Singleton
public final class InFlight {
  private final Semaphore requests;
  private final Semaphore bytes;
  private final Semaphore arrivingBytes;

  InFlight(ApiConfig config) {
    this.requests = new Semaphore(config.ingest().maxInFlight());
    this.bytes = new Semaphore(config.ingest().maxInFlightBytes());
    this.arrivingBytes = new Semaphore(config.ingest().maxArrivingBytes());
  }

  /** Throws {@link OverloadedException}; whoever gets a place closes it. */
  public Place enter() {
    if (!requests.tryAcquire()) {
      throw tooMany();
    }
    return new Place();
  }

  /** How many could enter now. */
  public int places() {
    return requests.availablePermits();
  }

  /** Reserves bytes of a body that is on its way; throws {@link OverloadedException}. */
  public Expected expect(int count) {
    if (!arrivingBytes.tryAcquire(count)) {
      throw new OverloadedException("as many bytes are on their way as may be; try again");
    }
    return new Expected(count);
  }

  private static OverloadedException tooMany() {
    return new OverloadedException("as many requests are worked on as may be; try again");
  }

  /** A body on its way; closing it again does nothing. */
  public final class Expected implements AutoCloseable {
    private final AtomicInteger reserved;

    private Expected(int count) {
      this.reserved = new AtomicInteger(count);
    }

    @Override
    public void close() {
      arrivingBytes.release(reserved.getAndSet(0));
    }
  }

  /** What one request holds. */
  public final class Place implements AutoCloseable {
    private int held;

    /** Before memory is taken; throws {@link OverloadedException}. */
    public void hold(int count) {
      if (!bytes.tryAcquire(count)) {
        throw new OverloadedException("as many bytes are worked on as may be; try again");
      }
      held += count;
    }

    @Override
    public void close() {
      bytes.release(held);
      requests.release();
    }
  }
}
