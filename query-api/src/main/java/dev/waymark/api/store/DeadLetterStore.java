package dev.waymark.api.store;

import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dead letters, newest first. They belong to no tenant: nobody could read whose they are. */
@Singleton
public final class DeadLetterStore {
  /** What a list shows of one record; it may have 16 MiB. */
  static final int SHOWN_BYTES = 1 << 16;

  private final Database database;
  private final int pageBytes;

  DeadLetterStore(Database database, ApiConfig config) {
    this.database = database;
    this.pageBytes = config.http().pageBytes();
  }

  /**
   * Dead letters by the time the broker took them. A page ends early where its bytes exceed the
   * configured ones; it holds one dead letter at least.
   *
   * @param reason restricts to one reason's code; null does not
   * @param job restricts to one job; null does not
   */
  public PageView<DeadLetterView> list(
      @Nullable String reason, @Nullable String job, TimeRange detected, PageRequest page) {
    return database.read(
        session ->
            session.pageThatFits(
                listSql(reason, job, detected, page),
                page,
                DeadLetterStore::deadLetter,
                DeadLetterStore::cursorAt));
  }

  /** The whole bytes of a record that some job could not take; empty where there is none such. */
  public Optional<byte[]> bytes(String topic, int partition, long offset) {
    return database
        .read(
            session ->
                session.list(
                    new Sql()
                        .add(
                            """
                            SELECT raw FROM dead_letters
                            WHERE topic = ? AND kafka_partition = ? AND kafka_offset = ? LIMIT 1
                            """,
                            topic,
                            partition,
                            offset),
                    row -> row.bytes("raw")))
        .stream()
        .findFirst();
  }

  private Sql listSql(
      @Nullable String reason, @Nullable String job, TimeRange detected, PageRequest page) {
    Sql sql =
        new Sql()
            .add(
                """
                SELECT d.topic, d.kafka_partition, d.kafka_offset, d.job, d.reason, d.detail, d.detected_at,
                  octet_length(d.raw) AS raw_bytes, substring(d.raw FROM 1 FOR ?) AS raw,
                  coalesce(sum(least(octet_length(d.raw), ?)) OVER (
                    ORDER BY d.detected_at DESC, d.topic, d.kafka_partition, d.kafka_offset, d.job
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < ? AS fits
                FROM (SELECT * FROM dead_letters WHERE true
                """,
                SHOWN_BYTES,
                SHOWN_BYTES,
                pageBytes)
            .addIf(reason, "AND reason = ?")
            .addIf(job, "AND job = ?")
            .addIf(detected.from(), "AND detected_at >= ?")
            .addIf(detected.to(), "AND detected_at < ?");
    page.after()
        .ifPresent(
            after ->
                sql.add(
                    """
                    AND detected_at <= ? AND (detected_at < ?
                      OR (topic, kafka_partition, kafka_offset, job) > (?, ?, ?, ?))
                    """,
                    after.key(0),
                    after.key(0),
                    after.key(1),
                    after.key(2),
                    after.key(3),
                    after.key(4)));
    return sql.add(
        """
        ORDER BY detected_at DESC, topic, kafka_partition, kafka_offset, job LIMIT ?) d
        ORDER BY d.detected_at DESC, d.topic, d.kafka_partition, d.kafka_offset, d.job
        """,
        page.fetch());
  }

  private static DeadLetterView deadLetter(Row row) throws SQLException {
    byte[] raw = row.bytes("raw");
    long size = row.number("raw_bytes");
    boolean isTruncated = raw.length < size;
    return new DeadLetterView(
        row.text("topic"),
        (int) row.number("kafka_partition"),
        row.number("kafka_offset"),
        row.text("job"),
        row.text("reason"),
        row.text("detail"),
        row.instant("detected_at"),
        size,
        Base64.getEncoder().encodeToString(raw),
        textOf(raw, isTruncated),
        isTruncated);
  }

  /**
   * A character that was cut in two at the end of a beginning is left out; anything else not UTF-8
   * is no text.
   */
  static @Nullable String textOf(byte[] raw, boolean isTruncated) {
    CharBuffer text = CharBuffer.allocate(raw.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw), text, !isTruncated);
    return result.isError() ? null : text.flip().toString();
  }

  private static Cursor cursorAt(DeadLetterView letter) {
    return Cursor.of(
        Cursor.Kind.DEAD_LETTERS,
        letter.detectedAt(),
        letter.topic(),
        (long) letter.partition(),
        letter.offset(),
        letter.job());
  }
}
