package dev.waymark.jobs.topology;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.BookDelta;
import dev.waymark.jobs.books.BookRow;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.books.SumBooks;
import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.IncomingTypeInfoFactory;
import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.schemas.violation.Violation;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The ends that all topologies share: how records come in, and where the books go. */
public final class JobTopology {
  private JobTopology() {}

  /**
   * Source and intake. Out: events and finalizes; the dead letters are taken care of. The intake's
   * books are at {@link Books#DELTAS}.
   */
  public static SingleOutputStreamOperator<Incoming> intake(
      StreamExecutionEnvironment env,
      JobPorts ports,
      WatermarkStrategy<Incoming> time,
      long outOfOrdernessMs) {
    SingleOutputStreamOperator<Incoming> intake =
        env.fromSource(
                ports.events(), time, OperatorIds.EVENTS_SOURCE, IncomingTypeInfoFactory.TYPE)
            .uid(OperatorIds.EVENTS_SOURCE)
            .transform(
                OperatorIds.EVENTS_INTAKE,
                IncomingTypeInfoFactory.TYPE,
                new EventIntake(outOfOrdernessMs))
            .uid(OperatorIds.EVENTS_INTAKE);
    var deadLetters = intake.getSideOutput(EventIntake.DEAD_LETTERS);
    sink(deadLetters, ports.deadLetterTopic(), OperatorIds.DEAD_LETTERS_TOPIC);
    sink(deadLetters, ports.deadLetterTable(), OperatorIds.DEAD_LETTERS_TABLE);
    return intake;
  }

  /**
   * Events as they are checked; the very same where nothing is to be.
   *
   * @param checking how
   */
  public static SingleOutputStreamOperator<Incoming> checked(
      SingleOutputStreamOperator<Incoming> intake,
      ChecksConfig config,
      Function<ChecksConfig, CheckEvents> checking) {
    if (!config.isOn()) {
      return intake;
    }
    return intake
        .process(checking.apply(config), IncomingTypeInfoFactory.TYPE)
        .name(OperatorIds.EVENTS_CHECK)
        .uid(OperatorIds.EVENTS_CHECK);
  }

  /**
   * What is found in checked events, sequence included.
   *
   * @param events as {@link #checked} made them
   */
  public static DataStream<Violation> findings(
      SingleOutputStreamOperator<Incoming> events, ChecksConfig config) {
    return events
        .getSideOutput(CheckEvents.VIOLATIONS)
        .union(
            events
                .keyBy(CheckSequence::key, Types.STRING)
                .process(new CheckSequence(config), TypeInformation.of(Violation.class))
                .name(OperatorIds.EVENTS_SEQUENCE)
                .uid(OperatorIds.EVENTS_SEQUENCE));
  }

  /**
   * Adds up the books and writes them.
   *
   * @param counters those that the job has
   * @param deltas of all its operators
   */
  public static void books(
      String job, Set<BookCounter> counters, DataStream<BookDelta> deltas, Sink<BookRow> sink) {
    SingleOutputStreamOperator<BookRow> totals =
        deltas
            .transform(
                OperatorIds.BOOKS_SUM,
                TypeInformation.of(BookRow.class),
                new SumBooks(job, counters))
            .uid(OperatorIds.BOOKS_SUM)
            .forceNonParallel();
    sink(totals, sink, OperatorIds.BOOKS_TABLE).setParallelism(1);
  }

  /** A sink whose name is its uid. */
  public static <T> DataStreamSink<T> sink(DataStream<T> rows, Sink<T> sink, String id) {
    return rows.sinkTo(sink).name(id).uid(id);
  }
}
