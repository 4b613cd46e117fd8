package dev.waymark.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.jobs.config.CacheConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteBackCacheTest {
  private static final int MAX_PARALLELISM = 128;
  private static final int VALUE_BYTES = 100;

  /** Counts elements a key; a negative one forgets the key of its absolute value. */
  private static final class CountElements extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<Integer, String> {
    private final CacheConfig config;
    private transient WriteBackCache<Integer, long[]> counts;

    CountElements(CacheConfig config) {
      this.config = config;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      ValueState<byte[]> state =
          context
              .getKeyedStateStore()
              .getState(
                  new ValueStateDescriptor<>(
                      "counts", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
      counts = new WriteBackCache<>(this, state, new LongCodec(), config);
    }

    @Override
    public void processElement(StreamRecord<Integer> element) throws Exception {
      int key = Math.abs(element.getValue());
      if (element.getValue() < 0) {
        counts.remove(key);
        return;
      }
      long[] count = counts.get(key);
      if (count == null) {
        count = new long[1];
      }
      count[0]++;
      counts.put(key, count);
      assertThat(getCurrentKey()).isEqualTo(key);
      output.collect(new StreamRecord<>(key + "=" + count[0]));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
      counts.flush();
      super.snapshotState(context);
    }
  }

  private static final class LongCodec implements WriteBackCache.Codec<long[]> {
    @Override
    public byte[] encode(long[] value) {
      return ByteBuffer.allocate(8).putLong(value[0]).array();
    }

    @Override
    public long[] decode(byte[] bytes) {
      return new long[] {ByteBuffer.wrap(bytes).getLong()};
    }

    @Override
    public long sizeBytes(long[] value) {
      return VALUE_BYTES;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 300, 1_000, 1_000_000})
  void countsTheSameUnderAnyBound(long maxBytes) throws Exception {
    // Given
    long[] expected = new long[21];
    Random random = new Random(7);
    try (var harness = harness(maxBytes, 1, 0)) {
      harness.open();
      for (int i = 0; i < 2_000; i++) {
        int key = 1 + random.nextInt(20);
        if (random.nextInt(50) == 0) {
          // When
          harness.processElement(-key, 0);
          expected[key] = 0;
        } else {
          harness.processElement(key, 0);
          expected[key]++;

          // Then
          assertThat(last(harness)).isEqualTo(key + "=" + expected[key]);
        }
      }
    }
  }

  @Test
  void leavesNoStateBehindWhenAllIsRemoved() throws Exception {
    try (var harness = harness(300, 1, 0)) {
      harness.open();
      for (int key = 1; key <= 50; key++) {
        harness.processElement(key, 0);
      }
      harness.snapshot(1, 1);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(50);

      for (int key = 1; key <= 50; key++) {
        harness.processElement(-key, 0);
      }

      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void removesFromTheStateWhatWasNeverReadSinceTheRestart() throws Exception {
    OperatorSubtaskState before;
    try (var harness = harness(1_000_000, 1, 0)) {
      harness.open();
      harness.processElement(1, 0);
      before = harness.snapshot(1, 1);
    }
    try (var harness = harness(1_000_000, 1, 0)) {
      harness.initializeState(before);
      harness.open();
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

      harness.processElement(-1, 0);

      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void whatIsRemovedBeforeACheckpointNeverReachesTheState() throws Exception {
    try (var harness = harness(1_000_000, 1, 0)) {
      harness.open();
      harness.processElement(1, 0);
      assertThat(harness.numKeyedStateEntries()).isZero();
      harness.processElement(-1, 0);
      harness.snapshot(1, 1);

      assertThat(harness.numKeyedStateEntries()).isZero();
      harness.processElement(1, 0);
      assertThat(last(harness)).isEqualTo("1=1");
    }
  }

  @Test
  void survivesSnapshotAndRescaling() throws Exception {
    // Given 100 keys counted once by one instance
    OperatorSubtaskState one;
    try (var harness = harness(1_000, 1, 0)) {
      harness.open();
      for (int key = 1; key <= 100; key++) {
        harness.processElement(key, 0);
      }
      one = harness.snapshot(1, 1);
    }

    // When two instances take over, and one again
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = harness(1_000, 2, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                one, MAX_PARALLELISM, 1, 2, subtask));
        harness.open();
        two.add(harness.snapshot(2, 2));
      }
    }
    try (var harness = harness(1_000, 1, 0)) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(two.get(0), two.get(1)),
              MAX_PARALLELISM,
              2,
              1,
              0));
      harness.open();

      // Then every key goes on from there
      for (int key = 1; key <= 100; key++) {
        harness.processElement(key, 0);
        assertThat(last(harness)).isEqualTo(key + "=2");
      }
    }
  }

  private static String last(KeyedOneInputStreamOperatorTestHarness<?, ?, String> harness) {
    List<String> all = harness.extractOutputValues();
    return all.get(all.size() - 1);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Integer, String> harness(
      long maxBytes, int parallelism, int subtask) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new CountElements(new CacheConfig(maxBytes)),
        Math::abs,
        Types.INT,
        MAX_PARALLELISM,
        parallelism,
        subtask);
  }
}
