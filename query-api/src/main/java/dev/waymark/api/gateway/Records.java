package dev.waymark.api.gateway;

import dev.waymark.checks.CheckedMark;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.violation.Violation;
import dev.waymark.schemas.violation.ViolationCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a request becomes in Kafka: events, refused events, and what was found in either. Of a
 * refused event that is too large for a record only what was found is kept.
 */
public final class Records {
  /** On violations: they come from a door, so no job has stored them. */
  public static final String FOUND_AT_THE_DOOR = "waymark-door";

  /** On refused events: the ids of their violations, with commas between. */
  public static final String VIOLATIONS = "waymark-violations";

  private final Optional<CheckedMark> mark;

  /**
   * Takes how events are marked as checked.
   *
   * @param mark empty: they are not
   */
  Records(Optional<CheckedMark> mark) {
    this.mark = mark;
  }

  List<ProducerRecord<byte[], byte[]>> of(List<Submission> admitted, List<Submission> refused) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(admitted.size());
    for (Submission submission : admitted) {
      ProducerRecord<byte[], byte[]> event = record(Topics.EVENTS, submission);
      mark.ifPresent(made -> event.headers().add(CheckedMark.HEADER, made.of(submission.record())));
      records.add(event);
      submission.violations().forEach(each -> records.add(violation(each)));
    }
    for (Submission submission : refused) {
      if (!submission.isTooLarge()) {
        ProducerRecord<byte[], byte[]> record = record(Topics.REFUSED_EVENTS, submission);
        record.headers().add(VIOLATIONS, bytes(ids(submission)));
        records.add(record);
      }
      submission.violations().forEach(each -> records.add(violation(each)));
    }
    return records;
  }

  private static String ids(Submission submission) {
    return submission.violations().stream()
        .map(Violation::violationId)
        .collect(Collectors.joining(","));
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, Submission submission) {
    return new ProducerRecord<>(topic, bytes(submission.key()), submission.record());
  }

  private static ProducerRecord<byte[], byte[]> violation(Violation violation) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.VIOLATIONS,
            bytes(violation.violationId()),
            bytes(ViolationCodec.encode(violation)));
    record.headers().add(FOUND_AT_THE_DOOR, new byte[0]);
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
