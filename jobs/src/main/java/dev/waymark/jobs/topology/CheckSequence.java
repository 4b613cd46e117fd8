package dev.waymark.jobs.topology;

import dev.waymark.checks.CheckName;
import dev.waymark.checks.Checks;
import dev.waymark.checks.Finding;
import dev.waymark.checks.Violations;
import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.jobs.ports.RunKeys;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.violation.Violation;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Whether the numbers of a run go on where they were, of events that came to Kafka without a door.
 *
 * <p>In: events and control records, by {@link #key}. Out: a violation a gap or step back. State: a
 * run's highest number, through restarts and rescaling, for {@link #REMEMBERED} after its last
 * event; the first number that is known of a run says nothing. What a door checked moves the number
 * on and is told of by the door.
 */
public final class CheckSequence extends KeyedProcessFunction<String, Incoming, Violation> {
  static final Duration REMEMBERED = Duration.ofDays(1);

  private final ChecksConfig config;

  private transient Checks checks;
  private transient ValueState<Long> highest;

  @SuppressWarnings("NullAway.Init") // filled by open
  CheckSequence(ChecksConfig config) {
    this.config = config;
  }

  /** The run; control records, which have no number, are of no run. */
  static String key(Incoming incoming) {
    return incoming.decoded() instanceof Event event
        ? RunKeys.of(event.tenant(), event.runId())
        : "";
  }

  @Override
  public void open(OpenContext context) {
    checks = Checks.only(EnumSet.of(CheckName.SEQUENCE), config.parse());
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("highest", Types.LONG);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(REMEMBERED).build());
    highest = getRuntimeContext().getState(descriptor);
  }

  @Override
  public void processElement(Incoming incoming, Context context, Collector<Violation> out)
      throws Exception {
    if (!(incoming.decoded() instanceof Event event)) {
      return;
    }
    Long before = highest.value();
    if (before != null && !incoming.isChecked()) {
      for (Finding finding : checks.sequence(event, before)) {
        out.collect(Violations.inLog(event, finding, false));
      }
    }
    highest.update(before == null ? event.seq() : Math.max(before, event.seq()));
  }
}
