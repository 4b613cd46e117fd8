package dev.waymark.jobs.validation;

import dev.waymark.schemas.Topics;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Violations as Kafka records, keyed by their id: what is written twice is the same record. */
final class ViolationRecords implements KafkaRecordSerializationSchema<Violation> {
  static KafkaSink<Violation> sink(String bootstrapServers, Properties producer) {
    return KafkaSink.<Violation>builder()
        .setBootstrapServers(bootstrapServers)
        .setKafkaProducerConfig(producer)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new ViolationRecords())
        .build();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Violation violation, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        Topics.VIOLATIONS,
        violation.violationId().getBytes(StandardCharsets.UTF_8),
        ViolationCodec.encode(violation).getBytes(StandardCharsets.UTF_8));
  }
}
