package dev.waymark.jobs.ports;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes where the source reads, so that it happens once and the source can tell event time per
 * partition.
 */
final class KafkaEventSchema implements KafkaRecordDeserializationSchema<Incoming> {
  private static final byte[] NOTHING = new byte[0];

  private final RecordDecoder decoder;

  KafkaEventSchema(RecordDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
    byte[] value = record.value();
    out.collect(
        decoder.decode(
            new RawRecord(
                value == null ? NOTHING : value,
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp())));
  }

  @Override
  public TypeInformation<Incoming> getProducedType() {
    return IncomingTypeInfoFactory.TYPE;
  }
}
