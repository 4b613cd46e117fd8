package dev.waymark.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps what a job in this JVM writes. */
public final class CollectSink<T> implements Sink<T> {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Map<Integer, List<Object>> WRITTEN = new ConcurrentHashMap<>();

  private final int number = NUMBER.incrementAndGet();

  public CollectSink() {
    WRITTEN.put(number, Collections.synchronizedList(new ArrayList<>()));
  }

  /** In the order of writing. */
  @SuppressWarnings("unchecked") // only this sink's writers write under its number
  public List<T> written() {
    return (List<T>) List.copyOf(WRITTEN.get(number));
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    List<Object> written = WRITTEN.get(number);
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context writeContext) {
        written.add(element);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
