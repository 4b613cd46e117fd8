package dev.waymark.jobs.config;

import java.io.Serializable;

/** What all jobs have in common. */
public record JobConfig(
    KafkaConfig kafka,
    DatabaseConfig database,
    TimeConfig time,
    DecodeConfig decode,
    WriteConfig write,
    CacheConfig cache)
    implements Serializable {

  public static JobConfig from(Settings settings) {
    return new JobConfig(
        KafkaConfig.from(settings),
        DatabaseConfig.from(settings),
        TimeConfig.from(settings),
        DecodeConfig.from(settings),
        WriteConfig.from(settings),
        CacheConfig.from(settings));
  }
}
