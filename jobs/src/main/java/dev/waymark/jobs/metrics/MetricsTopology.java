package dev.waymark.jobs.metrics;

import static dev.waymark.jobs.topology.JobTopology.sink;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.ports.EventTime;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.topology.JobTopology;
import dev.waymark.schemas.event.Event;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Source, intake, one operator keyed by run that measures each event once, and windows keyed by
 * tenant, agent, model and action: minutes, which feed hours, which feed days.
 */
public final class MetricsTopology {
  private static final Set<BookCounter> COUNTERS =
      EnumSet.of(
          BookCounter.READ,
          BookCounter.ACCEPTED,
          BookCounter.DUPLICATES,
          BookCounter.CONFLICTS,
          BookCounter.DEAD_LETTERS,
          BookCounter.CONTROL,
          BookCounter.MEASURED,
          BookCounter.TOO_LATE,
          BookCounter.CLOCK_SKEW);

  private MetricsTopology() {}

  public static void build(
      StreamExecutionEnvironment env, String job, MetricsPorts ports, MetricsConfig config) {
    TimeConfig time = config.job().time();
    SingleOutputStreamOperator<Incoming> intake =
        JobTopology.intake(env, ports.common(), EventTime.strategy(time), time.outOfOrdernessMs());
    SingleOutputStreamOperator<MetricDelta> measured =
        intake
            .flatMap(measurements())
            .returns(MeasurementTypeInfoFactory.TYPE)
            .name(OperatorIds.EVENTS_MEASURE)
            .uid(OperatorIds.EVENTS_MEASURE)
            .keyBy(Measurement::runKey)
            .transform(
                OperatorIds.METRICS_RUNS, MetricDeltaTypeInfoFactory.TYPE, new MeasureRuns(config))
            .uid(OperatorIds.METRICS_RUNS);
    var minutes =
        rollUp(
            measured.keyBy(MetricDelta::key), Granularity.MINUTE, OperatorIds.METRICS_1M, config);
    var hours = rollUp(stillKeyed(minutes), Granularity.HOUR, OperatorIds.METRICS_1H, config);
    var days = rollUp(stillKeyed(hours), Granularity.DAY, OperatorIds.METRICS_1D, config);
    sink(minutes.getSideOutput(RollUp.ROWS), ports.minutes(), OperatorIds.METRICS_1M_TABLE);
    sink(hours.getSideOutput(RollUp.ROWS), ports.hours(), OperatorIds.METRICS_1H_TABLE);
    sink(days.getSideOutput(RollUp.ROWS), ports.days(), OperatorIds.METRICS_1D_TABLE);
    JobTopology.books(
        job,
        COUNTERS,
        intake.getSideOutput(Books.DELTAS).union(measured.getSideOutput(Books.DELTAS)),
        ports.common().books());
  }

  /** Control records tell metrics nothing but the time, which has gone ahead as watermark. */
  private static FlatMapFunction<Incoming, Measurement> measurements() {
    return (incoming, out) -> {
      if (incoming.decoded() instanceof Event) {
        out.collect(Measurement.of(incoming));
      }
    };
  }

  private static SingleOutputStreamOperator<MetricDelta> rollUp(
      KeyedStream<MetricDelta, String> deltas,
      Granularity granularity,
      String id,
      MetricsConfig config) {
    return deltas
        .transform(id, MetricDeltaTypeInfoFactory.TYPE, new RollUp(granularity, config))
        .uid(id);
  }

  /** Windows pass on what they get, so it is where it belongs already. */
  private static KeyedStream<MetricDelta, String> stillKeyed(DataStream<MetricDelta> deltas) {
    return DataStreamUtils.reinterpretAsKeyedStream(deltas, MetricDelta::key, Types.STRING);
  }
}
