package dev.waymark.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.waymark.api.ApiServer;
import dev.waymark.api.pipeline.PipelineView.CheckpointView;
import dev.waymark.api.pipeline.PipelineView.JobView;
import dev.waymark.api.pipeline.PipelineView.LagView;
import dev.waymark.api.pipeline.PipelineView.LimitView;
import dev.waymark.api.store.StoredRows;
import dev.waymark.schemas.Topics;
import dev.waymark.testkit.Await;
import dev.waymark.testkit.EmbeddedDatabase;
import dev.waymark.testkit.EmbeddedKafka;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What three servers say of one pipeline. */
class PipelineIT {
  private static final String VALIDATION = "waymark-validation";

  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void putsTogetherWhatFlinkKafkaAndTheBooksSay() throws Exception {
    // Given
    try (EmbeddedDatabase database = EmbeddedDatabase.migrated();
        StoredRows rows = new StoredRows(database.dataSource());
        FlinkStub flink = new FlinkStub(flinkAnswers());
        ApiServer api = ApiServer.start(environment(database, flink.url()))) {
      Await.until("health", () -> api.get("/health").statusCode() == 200);
      rows.book(
          VALIDATION,
          Map.of(
              "read", 5L,
              "accepted", 5L,
              "judged", 3L,
              "late", 1L,
              "not_judged", 1L,
              "cases_beyond_limit", 1L),
          Instant.EPOCH);
      writeEvents(5);
      commit(VALIDATION, 2);

      // When
      PipelineView view = api.bean(Pipeline.class).view();

      // Then
      assertThat(view.problems()).isEmpty();
      assertThat(view.jobs())
          .extracting(JobView::job, JobView::state)
          .containsExactly(
              tuple("waymark-trail", "NOT_SUBMITTED"),
              tuple(VALIDATION, "RUNNING"),
              tuple("waymark-metrics", "NOT_SUBMITTED"));
      JobView job = view.jobs().get(1);
      assertThat(job.flinkJobId()).isEqualTo("b");
      assertThat(job.restarts()).isEqualTo(2);
      assertThat(job.lastCheckpoint())
          .isEqualTo(
              new CheckpointView(17, Instant.ofEpochMilli(1_700_000_010_120L), 120, 4_096, 512));
      assertThat(job.consumerLag()).containsExactly(new LagView(Topics.EVENTS, 1, 3));
      assertThat(job.watermark()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
      assertThat(job.watermarkLagMs()).isNull();
      assertThat(job.books()).isNotNull();
      assertThat(job.books().balanced()).isTrue();
      assertThat(view.limits())
          .extracting(LimitView::limit, LimitView::reached)
          .containsExactly(
              tuple("engine.max-open-cases", 1L),
              tuple("engine.max-waiting-events-a-case", null),
              tuple("engine.max-partial-matches", null));
    }
  }

  private static Map<String, String> environment(EmbeddedDatabase database, String flinkUrl) {
    return Map.of(
        "WAYMARK_DB_URL", database.url(),
        "WAYMARK_DB_USER", database.user(),
        "WAYMARK_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
        "WAYMARK_FLINK_URL", flinkUrl,
        "WAYMARK_TIME", "log");
  }

  private static void writeEvents(int count) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        var unused =
            producer.send(new ProducerRecord<>(Topics.EVENTS, 0, null, new byte[] {'{', '}'}));
      }
      producer.flush();
    }
  }

  private static void commit(String group, long offset) throws Exception {
    try (Admin admin = kafka.admin()) {
      TopicPartition partition = new TopicPartition(Topics.EVENTS, 0);
      admin
          .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  /**
   * Two jobs of one name, the earlier one cancelled; a source has no watermark, an operator may not
   * have one yet.
   */
  private static Map<String, String> flinkAnswers() {
    Map<String, String> answers = new HashMap<>();
    answers.put(
        "/jobs/overview",
        """
        {"jobs":[
          {"jid":"a","name":"waymark-validation","start-time":1690000000000,"end-time":1690000001000,"state":"CANCELED"},
          {"jid":"b","name":"waymark-validation","start-time":1700000000000,"end-time":-1,"state":"RUNNING"}]}
        """);
    answers.put("/jobs/b/metrics?get=numRestarts", "[{\"id\":\"numRestarts\",\"value\":\"2\"}]");
    answers.put(
        "/jobs/b/checkpoints",
        """
        {"counts":{"completed":17},"latest":{"completed":{"className":"completed","id":17,"status":"COMPLETED",
          "trigger_timestamp":1700000010000,"latest_ack_timestamp":1700000010120,"checkpointed_size":512,
          "state_size":4096,"end_to_end_duration":120},"savepoint":null,"failed":null,"restored":null}}
        """);
    answers.put(
        "/jobs/b",
        "{\"jid\":\"b\",\"vertices\":[{\"id\":\"v1\"},{\"id\":\"v2\"},{\"id\":\"v3\"}]}");
    answers.put("/jobs/b/vertices/v1/watermarks", "[]");
    answers.put(
        "/jobs/b/vertices/v2/watermarks",
        """
        [{"id":"0.currentInputWatermark","value":"1700000005000"},
         {"id":"1.currentInputWatermark","value":"1700000000000"}]
        """);
    answers.put(
        "/jobs/b/vertices/v3/watermarks",
        "[{\"id\":\"0.currentInputWatermark\",\"value\":\"-9223372036854775808\"}]");
    return answers;
  }

  @Test
  void leavesOutAnythingElseThatRunsOnTheCluster() {
    // Given
    Map<String, String> others =
        Map.of(
            "/jobs/overview",
            "{\"jobs\":[{\"jid\":\"x\",\"name\":\"other\",\"start-time\":1,\"state\":\"RUNNING\"}]}");
    try (EmbeddedDatabase database = EmbeddedDatabase.migrated();
        FlinkStub flink = new FlinkStub(others);
        ApiServer api = ApiServer.start(environment(database, flink.url()))) {
      Await.until("health", () -> api.get("/health").statusCode() == 200);

      // When
      PipelineView view = api.bean(Pipeline.class).view();

      // Then: not even asked for its details, which this cluster would refuse
      assertThat(view.problems()).isEmpty();
      assertThat(view.jobs())
          .extracting(JobView::state)
          .isEqualTo(List.of("NOT_SUBMITTED", "NOT_SUBMITTED", "NOT_SUBMITTED"));
    }
  }
}
