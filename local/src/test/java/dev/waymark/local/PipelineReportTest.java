package dev.waymark.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PipelineReportTest {
  private static final FlinkJob TRAIL = FlinkJob.ALL.get(0);
  private static final FlinkJob METRICS = FlinkJob.ALL.get(2);

  @Test
  void saysHowAJobKeepsUp() throws Exception {
    PipelineReport report =
        PipelineReport.of(
            Optional.of(
                """
                {"time": "live", "problems": ["Kafka: no answer"], "jobs": [
                  {"job": "waymark-trail", "state": "RUNNING", "restarts": 2,
                   "consumer_lag": [{"topic": "a", "partitions": 4, "records": 10},
                                   {"topic": "b", "partitions": 1, "records": 5}],
                   "watermark_lag_ms": 6150,
                   "last_checkpoint": {"id": 3, "completed_at": "2025-01-01T00:00:00.000000Z"}},
                  {"job": "waymark-metrics", "state": null, "restarts": null, "consumer_lag": [],
                   "watermark_lag_ms": null, "last_checkpoint": null}]}
                """));

    assertThat(report.of(TRAIL))
        .isEqualTo(
            "restarts 2, lag 15 records, watermark 6.2 s behind, checkpoint"
                + " 2025-01-01T00:00:00.000000Z");
    assertThat(report.of(METRICS)).isEqualTo("lag 0 records");
    assertThat(report.problems()).containsExactly("Kafka: no answer");
  }

  @Test
  void isWithoutWordsWhenTheApiDoesNotAnswer() throws Exception {
    PipelineReport report = PipelineReport.of(Optional.empty());

    assertThat(report.of(TRAIL)).isEmpty();
    assertThat(report.problems()).isEmpty();
  }
}
