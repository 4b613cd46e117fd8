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
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The engine's operators as Flink runs them, in as many instances as asked for, with records
 * arriving in any order: what lies between them is done by hand, so that a checkpoint can fall
 * between any two records.
 */
final class OperatorRun implements AutoCloseable {
  private static final int MAX_PARALLELISM = 16;

  /** So small that values leave memory all the time. */
  private static final CacheConfig TINY_CACHE = new CacheConfig(2_000);

  final List<Violation> violations = new ArrayList<>();
  private final Map<BookCounter, Long> books = new EnumMap<>(BookCounter.class);
  final Map<String, long[]> outcomes = new HashMap<>();

  private final List<RuleRecord> rules = new ArrayList<>();
  private final EngineConfig config;
  private final long outOfOrdernessMs;
  private Instances<Incoming, Violation> runs;
  private Instances<Forwarded, Violation> fields;
  private Instances<WaitingGap, Violation> profiles;
  private Instances<ProfileCase, OutcomeDelta> profileCases;
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
    this.profiles = profileInstances(parallelism, null);
    this.profileCases = profileCaseInstances(parallelism, null);
  }

  /** The next record of the log. */
  void arrive(Decoded record) throws Exception {
    long logTimeMs =
        highestMs == Long.MIN_VALUE ? Incoming.NO_TIME : highestMs - outOfOrdernessMs - 1;
    Incoming incoming =
        new Incoming(
            record, null, 0, offset++, Times.toMillis(record.timeMicros()), false, logTimeMs);
    runs.send(new StreamRecord<>(incoming));
    if (incoming.timeMs() > highestMs) {
      highestMs = incoming.timeMs();
      time(highestMs - outOfOrdernessMs - 1);
    }
  }

  /** Time comes to this, without an event. */
  void time(long watermarkMs) throws Exception {
    runs.time(watermarkMs);
    collectViolations(runs);
    fields.time(watermarkMs);
    collectViolations(fields);
    profiles.time(watermarkMs);
    collectViolations(profiles);
    profileCases.time(watermarkMs);
    collectOutcomes();
  }

  /** All instances stop at a checkpoint and go on from it in another number. */
  void restoreWith(int parallelism) throws Exception {
    int before = runs.instances.size();
    Checkpoint ofRuns = new Checkpoint(checkpoint(runs), before);
    collectViolations(runs);
    Checkpoint ofFields = new Checkpoint(checkpoint(fields), before);
    collectViolations(fields);
    Checkpoint ofProfiles = new Checkpoint(checkpoint(profiles), before);
    Checkpoint ofProfileCases = new Checkpoint(checkpoint(profileCases), before);
    close();
    runs = runInstances(parallelism, ofRuns);
    fields = fieldInstances(parallelism, ofFields);
    profiles = profileInstances(parallelism, ofProfiles);
    profileCases = profileCaseInstances(parallelism, ofProfileCases);
    if (highestMs != Long.MIN_VALUE) {
      time(highestMs - outOfOrdernessMs - 1);
    }
  }

  private List<OperatorSubtaskState> checkpoint(Instances<?, ?> instances) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    checkpoints++;
    for (Instance<?, ?> instance : instances.instances) {
      instance.harness().getOperator().prepareSnapshotPreBarrier(checkpoints);
      states.add(instance.harness().snapshot(checkpoints, 0));
    }
    return states;
  }

  long book(BookCounter counter) {
    return books.getOrDefault(counter, 0L);
  }

  /** What keeps memory or state: values and waiting events of all keys, and timers. */
  int stateEntries() throws Exception {
    int entries = 0;
    for (Instances<?, ?> operator : List.of(runs, fields, profiles, profileCases)) {
      checkpoint(operator);
      for (Instance<?, ?> instance : operator.instances) {
        entries += instance.stateEntries() + instance.harness().numEventTimeTimers();
      }
    }
    collectViolations(runs);
    collectViolations(fields);
    return entries;
  }

  /** The input is over. */
  void end() throws Exception {
    time(Long.MAX_VALUE);
    checkpoint(runs);
    checkpoint(fields);
    collectViolations(runs);
    collectViolations(fields);
  }

  @Override
  public void close() throws Exception {
    for (Instances<?, ?> operator : List.of(runs, fields, profiles, profileCases)) {
      operator.close();
    }
  }

  private void collectViolations(Instances<?, Violation> operator) throws Exception {
    for (Instance<?, Violation> instance : operator.instances) {
      AbstractStreamOperatorTestHarness<Violation> harness = instance.harness();
      violations.addAll(harness.extractOutputValues());
      harness.getOutput().clear();
      for (StreamRecord<BookDelta> delta : drained(harness, Books.DELTAS)) {
        books.merge(delta.getValue().counter(), delta.getValue().delta(), Long::sum);
      }
      for (StreamRecord<OutcomeDelta> delta : drained(harness, RuleOutputs.OUTCOMES)) {
        add(delta.getValue());
      }
      sendAll(drained(harness, RunCaseOperator.FORWARDED), fields);
      sendAll(drained(harness, RuleOutputs.GAPS), profiles);
      sendAll(drained(harness, RuleOutputs.PROFILE_CASES), profileCases);
    }
  }

  private void collectOutcomes() {
    for (Instance<?, OutcomeDelta> instance : profileCases.instances) {
      instance.harness().extractOutputValues().forEach(this::add);
      instance.harness().getOutput().clear();
    }
  }

  private static <T> void sendAll(List<StreamRecord<T>> records, Instances<T, ?> to)
      throws Exception {
    for (StreamRecord<T> record : records) {
      to.send(record);
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

  private static <T> List<StreamRecord<T>> drained(
      AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    if (records == null) {
      return List.of();
    }
    List<StreamRecord<T>> all = List.copyOf(records);
    records.clear();
    return all;
  }

  private Instances<Incoming, Violation> runInstances(int parallelism, @Nullable Checkpoint from)
      throws Exception {
    KeySelector<Incoming, String> key = Incoming::runKey;
    return new Instances<>(
        parallelism,
        from,
        key,
        subtask ->
            new WithRules<>(
                harness(new RunCaseOperator(rules, config), key, parallelism, subtask)));
  }

  private Instances<Forwarded, Violation> fieldInstances(int parallelism, @Nullable Checkpoint from)
      throws Exception {
    KeySelector<Forwarded, String> key = Forwarded::partitionKey;
    return new Instances<>(
        parallelism,
        from,
        key,
        subtask ->
            new WithRules<>(
                harness(new FieldCaseOperator(rules, config), key, parallelism, subtask)));
  }

  private Instances<WaitingGap, Violation> profileInstances(
      int parallelism, @Nullable Checkpoint from) throws Exception {
    KeySelector<WaitingGap, String> key = WaitingGap::partitionKey;
    return new Instances<>(
        parallelism,
        from,
        key,
        subtask -> new Plain<>(harness(new ProfileOperator(config), key, parallelism, subtask)));
  }

  private Instances<ProfileCase, OutcomeDelta> profileCaseInstances(
      int parallelism, @Nullable Checkpoint from) throws Exception {
    KeySelector<ProfileCase, String> key = ProfileCase::partitionKey;
    return new Instances<>(
        parallelism,
        from,
        key,
        subtask ->
            new Plain<>(
                harness(
                    new KeyedProcessOperator<>(new DecideProfileCases()),
                    key,
                    parallelism,
                    subtask)));
  }

  private static <T>
      KeyedTwoInputStreamOperatorTestHarness<String, T, RuleRecord, Violation> harness(
          TwoInputStreamOperator<T, RuleRecord, Violation> operator,
          KeySelector<T, String> key,
          int parallelism,
          int subtask)
          throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        operator, key, null, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
  }

  private static <T, O> KeyedOneInputStreamOperatorTestHarness<String, T, O> harness(
      OneInputStreamOperator<T, O> operator,
      KeySelector<T, String> key,
      int parallelism,
      int subtask)
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        operator, key, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
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

  /** One instance of an operator. */
  private interface Instance<T, O> {
    AbstractStreamOperatorTestHarness<O> harness();

    void send(StreamRecord<T> record) throws Exception;

    void time(long watermarkMs) throws Exception;

    int stateEntries();
  }

  private record WithRules<T, O>(
      KeyedTwoInputStreamOperatorTestHarness<String, T, RuleRecord, O> harness)
      implements Instance<T, O> {
    @Override
    public void send(StreamRecord<T> record) throws Exception {
      harness.processElement1(record);
    }

    @Override
    public void time(long watermarkMs) throws Exception {
      harness.processWatermark2(Watermark.MAX_WATERMARK);
      harness.processWatermark1(new Watermark(watermarkMs));
    }

    @Override
    public int stateEntries() {
      return harness.numKeyedStateEntries();
    }
  }

  private record Plain<T, O>(KeyedOneInputStreamOperatorTestHarness<String, T, O> harness)
      implements Instance<T, O> {
    @Override
    public void send(StreamRecord<T> record) throws Exception {
      harness.processElement(record);
    }

    @Override
    public void time(long watermarkMs) throws Exception {
      harness.processWatermark(new Watermark(watermarkMs));
    }

    @Override
    public int stateEntries() {
      return harness.numKeyedStateEntries();
    }
  }

  /** Makes the instance of a subtask. */
  private interface Maker<T, O> {
    Instance<T, O> make(int subtask) throws Exception;
  }

  /** All instances of one operator. */
  private static final class Instances<T, O> implements AutoCloseable {
    final List<Instance<T, O>> instances = new ArrayList<>();
    private final KeySelector<T, String> keys;

    Instances(
        int parallelism, @Nullable Checkpoint from, KeySelector<T, String> keys, Maker<T, O> maker)
        throws Exception {
      this.keys = keys;
      for (int i = 0; i < parallelism; i++) {
        Instance<T, O> instance = maker.make(i);
        instance.harness().setup();
        if (from != null) {
          instance.harness().initializeState(from.of(i, parallelism));
        }
        instance.harness().open();
        instances.add(instance);
      }
    }

    void send(StreamRecord<T> record) throws Exception {
      int to =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              keys.getKey(record.getValue()), MAX_PARALLELISM, instances.size());
      instances.get(to).send(record);
    }

    void time(long watermarkMs) throws Exception {
      for (Instance<T, O> instance : instances) {
        instance.time(watermarkMs);
      }
    }

    @Override
    public void close() throws Exception {
      for (Instance<T, O> instance : instances) {
        instance.harness().close();
      }
    }
  }
}
