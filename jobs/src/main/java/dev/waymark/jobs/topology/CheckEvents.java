package dev.waymark.jobs.topology;

import dev.waymark.checks.CheckName;
import dev.waymark.checks.Checked;
import dev.waymark.checks.Checks;
import dev.waymark.checks.Finding;
import dev.waymark.checks.Violations;
import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.ports.Incoming;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.EventLimits;
import dev.waymark.schemas.event.UndecodableException;
import dev.waymark.schemas.violation.Violation;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Checks what came to Kafka without a door. An event in the log has happened, so none is taken out:
 * it goes on redacted, and what is found becomes violations.
 *
 * <p>In: events and control records. Out: the same, one for one and in order, events redacted as
 * their tenant says; to {@link #VIOLATIONS} a violation a finding, whose id says that it is the
 * same however often it is found. Events that a door marked go on untouched. State: none.
 */
public final class CheckEvents extends ProcessFunction<Incoming, Incoming> {
  public static final OutputTag<Violation> VIOLATIONS =
      new OutputTag<>("check-violations", TypeInformation.of(Violation.class));

  /** A redacted event may be longer than the longest that is taken. */
  private static final EventLimits NO_LIMITS =
      new EventLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final ChecksConfig config;
  private final EnumSet<CheckName> names;

  private transient Checks checks;
  private transient EventCodec codec;

  @SuppressWarnings("NullAway.Init") // filled by open
  private CheckEvents(ChecksConfig config, Set<CheckName> names) {
    this.config = config;
    this.names = EnumSet.copyOf(names);
  }

  /** Redacts only, for those who store events and tell of no violations. */
  public static CheckEvents redacting(ChecksConfig config) {
    return new CheckEvents(config, EnumSet.of(CheckName.SECRET, CheckName.PII));
  }

  /**
   * All checks but that of sequence, which needs the run's numbers so far: {@link CheckSequence}.
   * That of signatures only where doors mark what they checked, as what a door redacted no longer
   * has the form that was signed.
   */
  public static CheckEvents judging(ChecksConfig config) {
    EnumSet<CheckName> names = EnumSet.complementOf(EnumSet.of(CheckName.SEQUENCE));
    if (!config.hasMark()) {
      names.remove(CheckName.SIGNATURE);
    }
    return new CheckEvents(config, names);
  }

  @Override
  public void open(OpenContext context) {
    checks = Checks.only(names, config.parse());
    codec = new EventCodec(NO_LIMITS);
  }

  @Override
  public void processElement(Incoming incoming, Context context, Collector<Incoming> out) {
    if (!(incoming.decoded() instanceof Event event) || incoming.isChecked()) {
      out.collect(incoming);
      return;
    }
    Checked checked = checks.apply(event);
    for (Finding finding : checked.findings()) {
      context.output(VIOLATIONS, Violations.inLog(event, finding, checked.isRefused()));
    }
    out.collect(
        checked.bytes() == event.raw() ? incoming : incoming.withDecoded(decode(checked.bytes())));
  }

  private Event decode(byte[] redacted) {
    try {
      return (Event) codec.decode(redacted);
    } catch (UndecodableException e) {
      throw new IllegalStateException("redaction leaves the contract's fields as they are", e);
    }
  }
}
