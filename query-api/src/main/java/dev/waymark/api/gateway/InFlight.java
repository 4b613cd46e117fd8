package dev.waymark.api.gateway;

import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Bounds what requests that bring events hold of threads and memory: whoever comes beyond it is
 * turned away at once, rather than later and slowly.
 */
@Singleton
public final class InFlight {
  private final Semaphore requests;
  private final Semaphore bytes;

  InFlight(ApiConfig config) {
    this.requests = new Semaphore(config.ingest().maxInFlight());
    this.bytes = new Semaphore(config.ingest().maxInFlightBytes());
  }

  /** Throws {@link OverloadedException}; whoever gets a place closes it. */
  public Place enter() {
    if (!requests.tryAcquire()) {
      throw tooMany();
    }
    return new Place();
  }

  /** Throws {@link OverloadedException} where nobody could enter now; takes no place. */
  public void requireRoom() {
    if (requests.availablePermits() == 0) {
      throw tooMany();
    }
  }

  private static OverloadedException tooMany() {
    return new OverloadedException("as many requests are worked on as may be; try again");
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
