package dev.waymark.jobs.trail;

import static dev.waymark.jobs.topology.JobTopology.sink;

import dev.waymark.jobs.books.BookCounter;
import dev.waymark.jobs.books.Books;
import dev.waymark.jobs.config.OperatorIds;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.ports.EventTime;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.topology.CheckEvents;
import dev.waymark.jobs.topology.JobTopology;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Source, intake, one operator keyed by run, and a sink a table. */
public final class TrailTopology {
  private static final Set<BookCounter> COUNTERS =
      EnumSet.of(
          BookCounter.READ,
          BookCounter.ACCEPTED,
          BookCounter.DUPLICATES,
          BookCounter.CONFLICTS,
          BookCounter.DEAD_LETTERS,
          BookCounter.CONTROL,
          BookCounter.LATE,
          BookCounter.CLOCK_SKEW);

  private TrailTopology() {}

  public static void build(
      StreamExecutionEnvironment env, String job, TrailPorts ports, TrailConfig config) {
    TimeConfig time = config.job().time();
    SingleOutputStreamOperator<Incoming> intake =
        JobTopology.intake(env, ports.common(), EventTime.strategy(time), time.outOfOrdernessMs());
    SingleOutputStreamOperator<EventRow> trail =
        JobTopology.checked(intake, config.checks(), CheckEvents::redacting)
            .keyBy(Incoming::runKey)
            .transform(OperatorIds.TRAIL_RUNS, EventRowTypeInfoFactory.TYPE, new KeepTrail(config))
            .uid(OperatorIds.TRAIL_RUNS);
    sink(trail, ports.events(), OperatorIds.EVENTS_TABLE);
    sink(trail.getSideOutput(KeepTrail.RUNS), ports.runs(), OperatorIds.RUNS_TABLE);
    sink(trail.getSideOutput(KeepTrail.COLD_RUNS), ports.coldRuns(), OperatorIds.COLD_RUNS_TABLE);
    sink(trail.getSideOutput(KeepTrail.CONFLICTS), ports.conflicts(), OperatorIds.CONFLICTS_TABLE);
    JobTopology.books(
        job,
        COUNTERS,
        intake.getSideOutput(Books.DELTAS).union(trail.getSideOutput(Books.DELTAS)),
        ports.common().books());
  }
}
