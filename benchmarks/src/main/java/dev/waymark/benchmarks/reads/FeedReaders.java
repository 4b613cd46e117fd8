package dev.waymark.benchmarks.reads;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many readers of the live feed (server-sent events) in one thread. All count their events; those
 * of the first are looked at for when they arrived.
 */
final class FeedReaders implements AutoCloseable {
  private static final byte[] CONNECTED = "\"connected\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = "event: event\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NUMBER = "\"limit\":".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 1 << 18;
  private static final long SELECT_MS = 100;

  /** Finds a short pattern in a stream, byte by byte. Patterns here do not repeat their begin. */
  private static final class Finder {
    private final byte[] pattern;
    private int matched;

    Finder(byte[] pattern) {
      this.pattern = pattern;
    }

    boolean take(byte next) {
      matched = next == pattern[matched] ? matched + 1 : next == pattern[0] ? 1 : 0;
      if (matched == pattern.length) {
        matched = 0;
        return true;
      }
      return false;
    }
  }

  private static final class Reader {
    private final boolean isProbe;
    private final Finder connected = new Finder(CONNECTED);
    private final Finder events = new Finder(EVENT);
    private final Finder numbers = new Finder(NUMBER);
    private final AtomicLong count = new AtomicLong();
    private volatile boolean isConnected;
    private volatile boolean isOver;
    private long number = -1;

    Reader(boolean isProbe) {
      this.isProbe = isProbe;
    }
  }

  private final Selector selector = Selector.open();
  private final List<Reader> readers = new ArrayList<>();
  private final long[] arrivals;
  private final Thread thread = new Thread(this::read, "feed-readers");
  private volatile boolean isStopped;

  /**
   * Connects all; the addresses may differ.
   *
   * @param authorization what to show to the API, as the value of that header
   * @param arrivals where the probe notes under an event's number when it came, ns
   */
  FeedReaders(List<URI> addresses, String authorization, long[] arrivals) throws IOException {
    this.arrivals = arrivals;
    for (URI address : addresses) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
      String path = address.getRawPath() + "?" + address.getRawQuery();
      channel.write(
          ByteBuffer.wrap(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: bench\r\nAuthorization: "
                      + authorization
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII)));
      channel.configureBlocking(false);
      Reader reader = new Reader(readers.isEmpty());
      readers.add(reader);
      channel.register(selector, SelectionKey.OP_READ, reader);
    }
    thread.setDaemon(true);
    thread.start();
  }

  /** How many of them have had so many events at least. */
  long withAtLeast(long events) {
    return readers.stream().filter(reader -> reader.count.get() >= events).count();
  }

  /** Whether each is told what comes from now on, or was turned away. */
  boolean areConnected() {
    return readers.stream().allMatch(reader -> reader.isConnected || reader.isOver);
  }

  /** How many events the first one has had; when each came is known by then. */
  long ofFirst() {
    return readers.get(0).count.get();
  }

  long over() {
    return readers.stream().filter(reader -> reader.isOver).count();
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    try {
      while (!isStopped) {
        selector.select(SELECT_MS);
        for (SelectionKey key : selector.selectedKeys()) {
          take(key, buffer);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      readers.forEach(reader -> reader.isOver = true);
    }
  }

  private void take(SelectionKey key, byte[] bytes) throws IOException {
    Reader reader = (Reader) key.attachment();
    int read = ((SocketChannel) key.channel()).read(ByteBuffer.wrap(bytes));
    if (read < 0) {
      reader.isOver = true;
      key.cancel();
      return;
    }
    long now = System.nanoTime();
    long events = 0;
    for (int i = 0; i < read; i++) {
      events += reader.events.take(bytes[i]) ? 1 : 0;
      if (!reader.isConnected && reader.connected.take(bytes[i])) {
        reader.isConnected = true;
      }
      if (reader.isProbe) {
        probe(reader, bytes[i], now);
      }
    }
    reader.count.addAndGet(events);
  }

  /** The number stands behind the pattern, up to what is no digit. */
  private void probe(Reader reader, byte next, long now) {
    if (reader.number >= 0) {
      if (next >= '0' && next <= '9') {
        reader.number = 10 * reader.number + next - '0';
      } else {
        if (reader.number < arrivals.length && arrivals[(int) reader.number] == 0) {
          arrivals[(int) reader.number] = now;
        }
        reader.number = -1;
      }
    } else if (reader.numbers.take(next)) {
      reader.number = 0;
    }
  }

  @Override
  public void close() throws IOException {
    isStopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
