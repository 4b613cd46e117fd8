package dev.waymark.jobs.ports;

import dev.waymark.checks.CheckedMark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Decodes where the source reads, so that it happens once and the source can tell event time per
 * partition; and where a record still has its headers, a door's mark among them.
 */
final class KafkaEventSchema implements KafkaRecordDeserializationSchema<Incoming> {
  private static final byte[] NOTHING = new byte[0];

  private final RecordDecoder decoder;
  private final String markSecret;
  private transient @Nullable CheckedMark mark;

  /**
   * Reads records of the events topic.
   *
   * @param markSecret what doors make their mark with; empty: no mark is believed
   */
  KafkaEventSchema(RecordDecoder decoder, String markSecret) {
    this.decoder = decoder;
    this.markSecret = markSecret;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
    byte[] value = record.value() == null ? NOTHING : record.value();
    out.collect(
        decoder.decode(
            new RawRecord(
                value,
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                isChecked(record, value))));
  }

  private boolean isChecked(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    Header header = markSecret.isEmpty() ? null : record.headers().lastHeader(CheckedMark.HEADER);
    return header != null && mark().isOn(header.value(), value);
  }

  private CheckedMark mark() {
    if (mark == null) {
      mark = new CheckedMark(markSecret);
    }
    return mark;
  }

  @Override
  public TypeInformation<Incoming> getProducedType() {
    return IncomingTypeInfoFactory.TYPE;
  }
}
