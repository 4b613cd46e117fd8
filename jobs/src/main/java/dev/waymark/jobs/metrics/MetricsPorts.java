package dev.waymark.jobs.metrics;

import dev.waymark.jobs.ports.JobPorts;
import dev.waymark.jobs.store.StorePorts;
import org.apache.flink.api.connector.sink2.Sink;

/** What the metrics job reads and writes: a sink for each width of windows. */
public record MetricsPorts(
    JobPorts common, Sink<MetricRow> minutes, Sink<MetricRow> hours, Sink<MetricRow> days) {

  /** Kafka and the database. */
  public static MetricsPorts of(String job, MetricsConfig config) {
    return new MetricsPorts(
        StorePorts.of(job, config.job()),
        table(job, config, Granularity.MINUTE),
        table(job, config, Granularity.HOUR),
        table(job, config, Granularity.DAY));
  }

  private static Sink<MetricRow> table(String job, MetricsConfig config, Granularity granularity) {
    return StorePorts.sink(config.job(), new MetricTable(job, granularity.table()));
  }
}
