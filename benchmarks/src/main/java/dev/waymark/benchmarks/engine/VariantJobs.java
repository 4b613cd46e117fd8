package dev.waymark.benchmarks.engine;

import dev.waymark.jobs.check.InMemory;
import dev.waymark.jobs.config.CacheConfig;
import dev.waymark.jobs.config.DecodeConfig;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.config.TimeMode;
import dev.waymark.jobs.engine.EngineConfig;
import dev.waymark.jobs.engine.EngineLimits;
import dev.waymark.jobs.engine.Matching;
import dev.waymark.jobs.engine.RuleRecord;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.IncomingTypeInfoFactory;
import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.jobs.ports.RawRecord;
import dev.waymark.jobs.ports.RecordDecoder;
import dev.waymark.jobs.validation.SummaryConfig;
import dev.waymark.jobs.validation.ValidationPorts;
import dev.waymark.jobs.validation.ValidationTopology;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.rule.Rule;
import dev.waymark.schemas.rule.RuleChange;
import dev.waymark.schemas.violation.Evidence;
import dev.waymark.schemas.violation.Violation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The variants that are Flink jobs: the same source and disorder, parsed where it is read. */
final class VariantJobs {
  private static final long OUT_OF_ORDERNESS_MS = 5_000;
  private static final long CLOCK_SKEW_MS = 300_000;
  private static final long NO_ALIGNMENT = 0;

  private final StreamExecutionEnvironment env;
  private final Workload workload;

  VariantJobs(StreamExecutionEnvironment env, Workload workload) {
    this.env = env;
    this.workload = workload;
  }

  /** Adds the job that judges by hand or by stock CEP. */
  void addJudging(Variant variant, Consumer<Finding> found) {
    KeyedStream<Step, String> steps =
        env.fromSource(
                source(new Parsed(workload, env.getParallelism()), TypeInformation.of(Step.class)),
                WatermarkStrategy.<Step>forBoundedOutOfOrderness(
                        Duration.ofMillis(OUT_OF_ORDERNESS_MS))
                    .withTimestampAssigner((step, ignored) -> step.timeMs()),
                "events")
            .keyBy(Step::run, Types.STRING);
    DataStream<Finding> findings =
        variant == Variant.C
            ? steps.process(new HandWritten(), TypeInformation.of(Finding.class))
            : StockCep.judge(steps);
    findings.sinkTo(InMemory.sink(found));
  }

  /** Adds the validation job as it is in production, but for its ends. */
  void addEngine(List<Rule> rules, Consumer<Violation> found) {
    List<RuleRecord> records = records(rules);
    ValidationPorts ports =
        new ValidationPorts(
            new JobPorts(
                source(new Decoded(workload, env.getParallelism()), IncomingTypeInfoFactory.TYPE),
                InMemory.sink(
                    letter -> {
                      throw new IllegalStateException("refused: " + letter.detail());
                    }),
                InMemory.sink(letter -> {}),
                InMemory.sink(row -> {})),
            records,
            // A source cannot be empty; a record that was read before changes nothing.
            InMemory.source(records.subList(0, 1), TypeInformation.of(RuleRecord.class)),
            InMemory.sink(found),
            InMemory.sink(violation -> {}),
            InMemory.sink(row -> {}),
            InMemory.sink(status -> {}));
    TimeConfig time =
        new TimeConfig(
            TimeMode.LOG,
            OUT_OF_ORDERNESS_MS,
            CLOCK_SKEW_MS,
            HandRules.HORIZON_MICROS / 1_000,
            NO_ALIGNMENT);
    ValidationTopology.build(
        env,
        ports,
        time,
        new EngineConfig(
            EngineLimits.DEFAULT,
            Matching.AUTO,
            CacheConfig.DEFAULT,
            HandRules.HORIZON_MICROS,
            workload.endMicros()),
        SummaryConfig.NO_LIMIT);
  }

  /** The same of a violation as the others find. */
  static Finding finding(Violation violation) {
    List<Evidence> deciding =
        violation.evidence().stream()
            .filter(evidence -> !evidence.role().equals("target"))
            .toList();
    int seq = deciding.isEmpty() ? 0 : (int) deciding.get(deciding.size() - 1).seq();
    return new Finding(violation.ruleId(), String.valueOf(violation.runId()), seq);
  }

  private static List<RuleRecord> records(List<Rule> rules) {
    List<RuleRecord> records = new ArrayList<>();
    for (Rule rule : rules) {
      records.add(
          new RuleRecord(records.size(), RuleChange.of(rule, 1, RuleChange.BEGINNING).encode()));
    }
    return records;
  }

  private <T> DataGeneratorSource<T> source(Taking<T> taking, TypeInformation<T> type) {
    return new DataGeneratorSource<>(taking, workload.events(), type);
  }

  /** Gives each of the parallel sources every n-th event, as if it were its partition. */
  private abstract static class Taking<T> implements GeneratorFunction<Long, T> {
    private final Workload workload;
    private final int sources;
    private transient Workload.Events events;

    @SuppressWarnings("NullAway.Init") // filled by open
    Taking(Workload workload, int sources) {
      this.workload = workload;
      this.sources = sources;
    }

    abstract T parsed(byte[] bytes, int source, long offset) throws IOException;

    @Override
    public void open(SourceReaderContext context) throws Exception {
      events = workload.opened();
    }

    @Override
    public T map(Long index) throws IOException {
      int each = workload.events() / sources;
      int source = index.intValue() / each;
      int event = index.intValue() % each * sources + source;
      Pace.take(event);
      return parsed(events.get(event), source, index);
    }
  }

  private static final class Parsed extends Taking<Step> {
    private transient StepParser parser;

    @SuppressWarnings("NullAway.Init") // filled by open
    Parsed(Workload workload, int sources) {
      super(workload, sources);
    }

    @Override
    public void open(SourceReaderContext context) throws Exception {
      super.open(context);
      parser = new StepParser();
    }

    @Override
    Step parsed(byte[] bytes, int source, long offset) throws IOException {
      return parser.parse(bytes);
    }
  }

  private static final class Decoded extends Taking<Incoming> {
    private final RecordDecoder decoder =
        new RecordDecoder(
            ValidationTopology.JOB,
            new DecodeConfig(
                EventLimits.DEFAULT.maxEventBytes(),
                EventLimits.DEFAULT.maxNestingDepth(),
                EventLimits.DEFAULT.maxIdBytes()),
            CLOCK_SKEW_MS);

    Decoded(Workload workload, int sources) {
      super(workload, sources);
    }

    @Override
    Incoming parsed(byte[] bytes, int source, long offset) {
      return decoder.decode(new RawRecord(bytes, Topics.EVENTS, source, offset, -1));
    }
  }
}
