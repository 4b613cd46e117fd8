package dev.waymark.jobs.ports;

import dev.waymark.jobs.config.DecodeConfig;
import dev.waymark.schemas.event.Decoded;
import dev.waymark.schemas.event.EventCodec;
import dev.waymark.schemas.event.Times;
import dev.waymark.schemas.event.UndecodableException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of the events topic into what the jobs work with; never throws on data.
 *
 * <p>A record whose own time is more than {@code clockSkewMs} ahead of its Kafka timestamp is
 * marked: a wrong clock must not end other runs.
 */
public final class RecordDecoder implements Serializable {
  private final String job;
  private final DecodeConfig config;
  private final long clockSkewMs;
  private transient @Nullable EventCodec codec;

  public RecordDecoder(String job, DecodeConfig config, long clockSkewMs) {
    this.job = job;
    this.config = config;
    this.clockSkewMs = clockSkewMs;
  }

  public Incoming decode(RawRecord record) {
    try {
      Decoded decoded = codec().decode(record.value());
      return Incoming.of(decoded, record, isSkewed(decoded, record.kafkaTimestampMs()));
    } catch (UndecodableException e) {
      return Incoming.of(DeadLetter.of(job, e.reason(), e.detail(), record));
    }
  }

  private boolean isSkewed(Decoded decoded, long kafkaTimestampMs) {
    return kafkaTimestampMs >= 0
        && Times.toMillis(decoded.timeMicros()) - kafkaTimestampMs > clockSkewMs;
  }

  private EventCodec codec() {
    if (codec == null) {
      codec = new EventCodec(config.limits());
    }
    return codec;
  }
}
