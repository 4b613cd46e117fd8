package dev.waymark.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Some of a TaskManager's metrics at one moment, in Prometheus' text form. Flink's own REST API
 * shows them seconds old.
 */
final class TaskManagerMetrics {
  /** In ms; a watermark is behind all records before it. */
  static final String WATERMARK = "flink_taskmanager_job_task_operator_currentInputWatermark";

  /** Of a source: records. */
  static final String RECORDS_OUT = "flink_taskmanager_job_task_operator_numRecordsOut";

  /** Of a table's sink: rows that are committed. */
  static final String ROWS_SENT = "flink_taskmanager_job_task_operator_numRecordsSend";

  private static final String CPU_NANOS = "flink_taskmanager_Status_JVM_CPU_Time";

  /** All of them would cost the process that is measured a third of its time. */
  private static final String QUERY =
      Stream.of(WATERMARK, RECORDS_OUT, ROWS_SENT, CPU_NANOS)
          .map(name -> "name%5B%5D=" + name)
          .collect(Collectors.joining("&"));

  private final String text;

  private TaskManagerMetrics(String text) {
    this.text = text;
  }

  static TaskManagerMetrics read(HttpClient http, int port)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics?" + QUERY);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return new TaskManagerMetrics(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /**
   * A metric of operators, a value an instance.
   *
   * @param operator its uid, as Prometheus spells it; empty: all operators of the job
   */
  DoubleStream ofOperator(String metric, String jobId, String operator) {
    String job = "job_id=\"" + jobId + "\"";
    return text.lines()
        .filter(line -> line.startsWith(metric + "{") && line.contains(job))
        .filter(line -> operatorName(line).contains(operator))
        .mapToDouble(TaskManagerMetrics::value);
  }

  /** Seconds of processor time that the process has used. */
  double cpuSeconds() {
    return text.lines()
            .filter(line -> line.startsWith(CPU_NANOS + "{"))
            .mapToDouble(TaskManagerMetrics::value)
            .sum()
        / 1e9;
  }

  private static String operatorName(String line) {
    int start = line.indexOf("operator_name=\"");
    return line.substring(start, line.indexOf("\",", start));
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
