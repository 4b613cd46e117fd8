package dev.waymark.jobs.ports;

import dev.waymark.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter as Kafka record: value = the bytes as they came; headers {@code reason}, {@code
 * detail}, {@code topic}, {@code partition}, {@code offset}, {@code job}, all as text; no key.
 */
final class DeadLetterSchema implements KafkaRecordSerializationSchema<DeadLetter> {

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    return record(letter);
  }

  static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.DEAD_LETTERS, null, letter.raw());
    addHeader(record, "reason", letter.reason());
    addHeader(record, "detail", letter.detail());
    addHeader(record, "topic", letter.topic());
    addHeader(record, "partition", Integer.toString(letter.partition()));
    addHeader(record, "offset", Long.toString(letter.offset()));
    addHeader(record, "job", letter.job());
    return record;
  }

  private static void addHeader(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
