package dev.waymark.jobs.store;

import dev.waymark.jobs.books.BookTable;
import dev.waymark.jobs.config.ChecksConfig;
import dev.waymark.jobs.config.JobConfig;
import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.jobs.ports.KafkaDeadLetterOutlet;
import dev.waymark.jobs.ports.KafkaPorts;

/** Production's ports: Kafka and the database. */
public final class StorePorts {
  private StorePorts() {}

  /** The ports that all jobs share. */
  public static JobPorts of(String job, JobConfig config) {
    return of(job, config, ChecksConfig.OFF);
  }

  /** The same of a job that checks what no door has marked. */
  public static JobPorts of(String job, JobConfig config, ChecksConfig checks) {
    return new JobPorts(
        KafkaPorts.events(job, config, checks),
        KafkaPorts.deadLetters(config.kafka()),
        sink(config, new DeadLetterTable()),
        sink(config, new BookTable()));
  }

  /** Rows into a table; refused ones also to the dead-letter topic. */
  public static <T> TableSink<T> sink(JobConfig config, RowTable<T> table) {
    return new TableSink<>(
        config.database(), config.write(), table, KafkaDeadLetterOutlet.factory(config.kafka()));
  }
}
