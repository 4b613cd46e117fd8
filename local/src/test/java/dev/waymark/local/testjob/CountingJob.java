package dev.waymark.local.testjob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Counts as long as it runs and writes each number on a line of a file: 1, 2, 3, … Numbers that go
 * on after a restart show that state was kept, a 1 that it was not. With {@code --counter text} the
 * same counter is kept as text, which state written before does not fit.
 */
public final class CountingJob {
  private static final double PER_SECOND = 50;

  private CountingJob() {}

  public static void main(String[] args) throws Exception {
    List<String> arguments = Arrays.asList(args);
    String out = arguments.get(arguments.indexOf("--out") + 1);
    boolean text = arguments.contains("--counter");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    GeneratorFunction<Long, Long> numbers = n -> n;
    env.fromSource(
            new DataGeneratorSource<>(
                numbers, Long.MAX_VALUE, RateLimiterStrategy.perSecond(PER_SECOND), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .keyBy(n -> "all", Types.STRING)
        .process(text ? new CountAsText(out) : new CountAsNumber(out))
        .returns(Types.LONG)
        .uid("counter")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    env.execute("waymark-trail");
  }

  private abstract static class Count<T> extends KeyedProcessFunction<String, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final String out;
    private final Class<T> type;
    private transient ValueState<T> count;

    Count(String out, Class<T> type) {
      this.out = out;
      this.type = type;
    }

    abstract T next(T before);

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", type));
    }

    @Override
    public void processElement(Long n, Context context, Collector<Long> collector)
        throws IOException {
      T next = next(count.value());
      count.update(next);
      Files.writeString(
          Path.of(out), next + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      collector.collect(n);
    }
  }

  private static final class CountAsNumber extends Count<Long> {
    private static final long serialVersionUID = 1L;

    CountAsNumber(String out) {
      super(out, Long.class);
    }

    @Override
    Long next(Long before) {
      return before == null ? 1 : before + 1;
    }
  }

  private static final class CountAsText extends Count<String> {
    private static final long serialVersionUID = 1L;

    CountAsText(String out) {
      super(out, String.class);
    }

    @Override
    String next(String before) {
      return before == null ? "1" : String.valueOf(Long.parseLong(before) + 1);
    }
  }
}
