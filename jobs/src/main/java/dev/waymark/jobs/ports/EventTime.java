package dev.waymark.jobs.ports;

import com.google.common.math.LongMath;
import dev.waymark.jobs.config.TimeConfig;
import dev.waymark.jobs.config.TimeMode;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time from the log alone: the highest time seen in a partition, in events and control
 * records, less the allowed disorder. Records with a skewed clock and dead letters move nothing.
 * There is no idleness timeout: a quiet partition is moved by heartbeats, not by a job's clock.
 */
public final class EventTime {
  private static final String ALIGNMENT_GROUP = "events";

  /** With the drift, the most that a replay can do: five drifts of event time a second. */
  private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

  private EventTime() {}

  /**
   * History read in log time may span years, and live it would be caught up with at the pace of the
   * drift: a minute live is a day of it.
   */
  private static final long LOG_TIME_DRIFTS = 24 * 60;

  /** For jobs that write what they read at once. */
  public static WatermarkStrategy<Incoming> strategy(TimeConfig config) {
    long outOfOrdernessMs = config.outOfOrdernessMs();
    return WatermarkStrategy.<Incoming>forGenerator(context -> new Generator(outOfOrdernessMs))
        .withTimestampAssigner((incoming, kafkaTimestampMs) -> incoming.timeMs());
  }

  /**
   * For jobs whose events wait for the watermark: no partition runs ahead of the slowest by more
   * than the configured drift, so catching up does not pile events up in state. It stops a
   * partition for as long as another one has no time at all, so it needs heartbeats.
   */
  public static WatermarkStrategy<Incoming> alignedStrategy(TimeConfig config) {
    return config.alignmentMs() == 0
        ? strategy(config)
        : strategy(config)
            .withWatermarkAlignment(
                ALIGNMENT_GROUP, Duration.ofMillis(driftMs(config)), ALIGNMENT_INTERVAL);
  }

  private static long driftMs(TimeConfig config) {
    return config.mode() == TimeMode.LOG
        ? LongMath.saturatedMultiply(config.alignmentMs(), LOG_TIME_DRIFTS)
        : config.alignmentMs();
  }

  private static final class Generator implements WatermarkGenerator<Incoming> {
    private final long outOfOrdernessMs;
    private long highestMs;

    Generator(long outOfOrdernessMs) {
      this.outOfOrdernessMs = outOfOrdernessMs;
      this.highestMs = Long.MIN_VALUE + outOfOrdernessMs + 1;
    }

    @Override
    public void onEvent(Incoming incoming, long timeMs, WatermarkOutput output) {
      if (incoming.movesTime() && timeMs > highestMs) {
        highestMs = timeMs;
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(new Watermark(highestMs - outOfOrdernessMs - 1));
    }
  }
}
