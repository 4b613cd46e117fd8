package dev.waymark.jobs.check;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;

/**
 * Sources and sinks in the memory of this JVM, for jobs that run in it. Elements cross no job
 * graph: graph and tasks know them by a name.
 */
public final class InMemory {
  private static final Map<String, List<?>> LISTS = new ConcurrentHashMap<>();
  private static final Map<String, Consumer<?>> CONSUMERS = new ConcurrentHashMap<>();

  private InMemory() {}

  /** A bounded source of these elements; in their order where it runs with parallelism 1. */
  public static <T> DataGeneratorSource<T> source(List<T> elements, TypeInformation<T> type) {
    String name = UUID.randomUUID().toString();
    LISTS.put(name, elements);
    return new DataGeneratorSource<>(
        index -> InMemory.<T>list(name).get(index.intValue()), elements.size(), type);
  }

  /** A sink that hands each element to a consumer, one at a time. */
  public static <T> Sink<T> sink(Consumer<T> consumer) {
    String name = UUID.randomUUID().toString();
    CONSUMERS.put(name, consumer);
    return new ConsumerSink<>(name);
  }

  @SuppressWarnings("unchecked") // put under this name with this type
  private static <T> List<T> list(String name) {
    return (List<T>) known(LISTS, name);
  }

  @SuppressWarnings("unchecked") // put under this name with this type
  private static <T> Consumer<T> consumer(String name) {
    return (Consumer<T>) known(CONSUMERS, name);
  }

  private static <V> V known(Map<String, V> map, String name) {
    V value = map.get(name);
    if (value == null) {
      throw new IllegalStateException("made in another JVM: " + name);
    }
    return value;
  }

  private static final class ConsumerSink<T> implements Sink<T> {
    private final String name;

    ConsumerSink(String name) {
      this.name = name;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      Consumer<T> consumer = consumer(name);
      return new SinkWriter<>() {
        @Override
        public void write(T element, Context position) {
          synchronized (consumer) {
            consumer.accept(element);
          }
        }

        @Override
        public void flush(boolean endOfInput) {
          // Nothing is held back.
        }

        @Override
        public void close() {
          // Nothing was opened.
        }
      };
    }
  }
}
