package dev.waymark.jobs.engine;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.BookDelta;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.CacheConfig;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.violation.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The engine's two operators as Flink runs them, in as many instances as asked for, with records
 * arriving in any order: what lies between them is done by hand, so that a checkpoint can fall
 * between any two records.
 */
final class OperatorRun implements AutoCloseable {
  private static final int MAX_PARALLELISM = 16;

  /** So small that values leave memory all the time. */
  private static final CacheConfig TINY_CACHE = new CacheConfig(2_000, 1_000);

  final List<Violation> violations = new ArrayList<>();
  private final Map<BookCounter, Long> books = new EnumMap<>(BookCounter.class);
  final Map<String, long[]> outcomes = new HashMap<>();

  private final List<RuleRecord> rules = new ArrayList<>();
  private final EngineConfig config;
  private final long outOfOrdernessMs;
  private Instances<Incoming> runs;
  private Instances<Forwarded> fields;
  private long highestMs = Long.MIN_VALUE;
  private long offset;
  private long checkpoints;

  /**
   * @param endOfInputMicros time of the last event of a bounded input; null: it has no end
   */
  OperatorRun(
      List<Rule> rules, long outOfOrdernessMs, int parallelism, @Nullable Long endOfInputMicros)
      throws Exception {
    this(rules, outOfOrdernessMs, parallelism, endOfInputMicros, EngineLimits.DEFAULT);
  }

  OperatorRun(
      List<Rule> rules,
      long outOfOrdernessMs,
      int parallelism,
      @Nullable Long endOfInputMicros,
      EngineLimits limits)
      throws Exception {
    long horizonMicros = 7L * 24 * 3_600 * 1_000_000;
    this.config =
        new EngineConfig(limits, Matching.AUTO, TINY_CACHE, horizonMicros, endOfInputMicros);
    this.outOfOrdernessMs = outOfOrdernessMs;
    for (Rule rule : rules) {
      RuleChange change = RuleChange.of(rule, 1, RuleChange.BEGINNING);
      this.rules.add(new RuleRecord(this.rules.size(), change.encode()));
    }
    this.runs = runInstances(parallelism, null);
    this.fields = fieldInstances(parallelism, null);
  }

  /** The next record of the log. */
  void arrive(Decoded record) throws Exception {
    long logTimeMs =
        highestMs == Long.MIN_VALUE ? Incoming.NO_TIME : highestMs - outOfOrdernessMs - 1;
    Incoming incoming =
        new Incoming(
            record, null, 0, offset++, Times.toMillis(record.timeMicros()), false, logTimeMs);
    runs.send(incoming);
    if (incoming.timeMs() > highestMs) {
      highestMs = incoming.timeMs();
      time(highestMs - outOfOrdernessMs - 1);
    }
  }

  /** Time comes to this, without an event. */
  void time(long watermarkMs) throws Exception {
    runs.time(watermarkMs);
    collect(runs);
    fields.time(watermarkMs);
    collect(fields);
  }

  /** All instances stop at a checkpoint and go on from it in another number. */
  void restoreWith(int parallelism) throws Exception {
    List<OperatorSubtaskState> ofRuns = checkpoint(runs);
    List<OperatorSubtaskState> ofFields = checkpoint(fields);
    int before = runs.harnesses.size();
    close();
    runs = runInstances(parallelism, new Checkpoint(ofRuns, before));
    fields = fieldInstances(parallelism, new Checkpoint(ofFields, before));
    if (highestMs != Long.MIN_VALUE) {
      time(highestMs - outOfOrdernessMs - 1);
    }
  }

  private <T> List<OperatorSubtaskState> checkpoint(Instances<T> instances) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    checkpoints++;
    for (var harness : instances.harnesses) {
      harness.getOperator().prepareSnapshotPreBarrier(checkpoints);
      states.add(harness.snapshot(checkpoints, 0));
    }
    collect(instances);
    return states;
  }

  long book(BookCounter counter) {
    return books.getOrDefault(counter, 0L);
  }

  /** What keeps memory or state: values and waiting events of all keys, and timers. */
  int stateEntries() throws Exception {
    checkpoint(runs);
    checkpoint(fields);
    int entries = 0;
    for (var harness : runs.harnesses) {
      entries += harness.numKeyedStateEntries() + harness.numEventTimeTimers();
    }
    for (var harness : fields.harnesses) {
      entries += harness.numKeyedStateEntries() + harness.numEventTimeTimers();
    }
    return entries;
  }

  /** The input is over. */
  void end() throws Exception {
    time(Long.MAX_VALUE);
    checkpoint(runs);
    checkpoint(fields);
  }

  @Override
  public void close() throws Exception {
    runs.close();
    fields.close();
  }

  private void collect(Instances<?> instances) throws Exception {
    for (var harness : instances.harnesses) {
      for (Violation violation : harness.extractOutputValues()) {
        violations.add(violation);
      }
      harness.getOutput().clear();
      for (BookDelta delta : drained(harness, Books.DELTAS)) {
        books.merge(delta.counter(), delta.delta(), Long::sum);
      }
      for (OutcomeDelta delta : drained(harness, RuleOutputs.OUTCOMES)) {
        add(delta);
      }
      for (Forwarded forwarded : drained(harness, RunCaseOperator.FORWARDED)) {
        fields.send(forwarded);
      }
    }
  }

  private void add(OutcomeDelta delta) {
    long[] sums =
        outcomes.computeIfAbsent(delta.tenant() + "/" + delta.ruleId(), rule -> new long[6]);
    long[] more = {
      delta.cases(),
      delta.activations(),
      delta.held(),
      delta.vacuous(),
      delta.broken(),
      delta.violations()
    };
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }

  private static <T> List<T> drained(
      AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    if (records == null) {
      return List.of();
    }
    List<T> values = records.stream().map(StreamRecord::getValue).toList();
    records.clear();
    return values;
  }

  private Instances<Incoming> runInstances(int parallelism, @Nullable Checkpoint from)
      throws Exception {
    return new Instances<>(
        parallelism, from, Incoming::runKey, () -> new RunCaseOperator(rules, config));
  }

  private Instances<Forwarded> fieldInstances(int parallelism, @Nullable Checkpoint from)
      throws Exception {
    return new Instances<>(
        parallelism, from, Forwarded::partitionKey, () -> new FieldCaseOperator(rules, config));
  }

  private record Checkpoint(Collection<OperatorSubtaskState> states, int parallelism) {
    OperatorSubtaskState of(int subtask, int newParallelism) throws Exception {
      OperatorSubtaskState all =
          AbstractStreamOperatorTestHarness.repackageState(
              states.toArray(OperatorSubtaskState[]::new));
      return AbstractStreamOperatorTestHarness.repartitionOperatorState(
          all, MAX_PARALLELISM, parallelism, newParallelism, subtask);
    }
  }

  /** Makes an operator. */
  private interface Maker<T> {
    TwoInputStreamOperator<T, RuleRecord, Violation> make();
  }

  /** All instances of one operator. */
  private static final class Instances<T> implements AutoCloseable {
    final List<KeyedTwoInputStreamOperatorTestHarness<String, T, RuleRecord, Violation>> harnesses =
        new ArrayList<>();
    private final KeySelector<T, String> keys;

    Instances(
        int parallelism, @Nullable Checkpoint from, KeySelector<T, String> keys, Maker<T> maker)
        throws Exception {
      this.keys = keys;
      for (int i = 0; i < parallelism; i++) {
        var harness =
            new KeyedTwoInputStreamOperatorTestHarness<String, T, RuleRecord, Violation>(
                maker.make(), keys, null, Types.STRING, MAX_PARALLELISM, parallelism, i);
        harness.setup();
        if (from != null) {
          harness.initializeState(from.of(i, parallelism));
        }
        harness.open();
        harness.processWatermark2(Watermark.MAX_WATERMARK);
        harnesses.add(harness);
      }
    }

    void send(T record) throws Exception {
      int to =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              keys.getKey(record), MAX_PARALLELISM, harnesses.size());
      harnesses.get(to).processElement1(new StreamRecord<>(record));
    }

    void time(long watermarkMs) throws Exception {
      for (var harness : harnesses) {
        harness.processWatermark1(new Watermark(watermarkMs));
      }
    }

    @Override
    public void close() throws Exception {
      for (var harness : harnesses) {
        harness.close();
      }
    }
  }
}
