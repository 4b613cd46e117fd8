package dev.waymark.api.feed;

import dev.waymark.api.text.JsonText;
import dev.waymark.api.text.Words;
import dev.waymark.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One message, made once for all watchers: {@code {"id", "kind", "tenant", "data"}}. What a record
 * says, and forms and words of it, are made when the first watcher needs them, and kept: where
 * nobody watches, records cost next to nothing.
 */
public final class FeedMessage {
  private final FeedKind kind;
  private final Position position;
  private final @Nullable TopicPartition partition;
  private final long offset;
  private final int weight;
  private final Supplier<Optional<Content>> source;
  private volatile @Nullable Content content;
  private volatile @Nullable String json;
  private volatile byte @Nullable [] frame;
  private volatile @Nullable Set<String> words;

  /** What filters look at; null is what the message does not have. */
  record Facts(
      @Nullable String tenant,
      @Nullable String runId,
      @Nullable String agentId,
      @Nullable String type,
      @Nullable String severity) {}

  /**
   * What a message says.
   *
   * @param data a JSON object on one line
   */
  record Content(Facts facts, String data) {
    private static final Content NONE = new Content(new Facts(null, null, null, null, null), "");
  }

  private FeedMessage(
      FeedKind kind,
      Position position,
      @Nullable TopicPartition partition,
      long offset,
      int bytes,
      Supplier<Optional<Content>> source) {
    this.kind = kind;
    this.position = position;
    this.partition = partition;
    this.offset = offset;
    this.weight = 200 + 4 * bytes;
    this.source = source;
  }

  /**
   * What came from Kafka.
   *
   * @param position of the feed behind it
   */
  static FeedMessage recorded(ConsumerRecord<byte[], byte[]> record, Position position) {
    FeedKind kind = record.topic().equals(Topics.EVENTS) ? FeedKind.EVENT : FeedKind.VIOLATION;
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return new FeedMessage(
        kind,
        position,
        new TopicPartition(record.topic(), record.partition()),
        record.offset(),
        value.length,
        () -> FeedDecoder.decode(kind, value));
  }

  /** What is not in Kafka, and so is not told again after a break. */
  static FeedMessage passing(FeedKind kind, Facts facts, String data, Position position) {
    Optional<Content> content = Optional.of(new Content(facts, data));
    return new FeedMessage(kind, position, null, 0, data.length(), () -> content);
  }

  /** Empty for control records and what cannot be read. */
  Optional<Content> content() {
    Content made = content;
    if (made == null) {
      made = source.get().orElse(Content.NONE);
      content = made;
    }
    return made.equals(Content.NONE) ? Optional.empty() : Optional.of(made);
  }

  FeedKind kind() {
    return kind;
  }

  /** Of the feed behind this message. */
  Position position() {
    return position;
  }

  /** Whether a watcher who is at that position has had it. */
  boolean isBefore(Position other) {
    return partition != null && offset < other.next(partition);
  }

  /** Of its data, in characters. */
  int length() {
    return data().length();
  }

  private String data() {
    return content().map(Content::data).orElseThrow();
  }

  /** About how much memory it takes, in bytes. */
  int weight() {
    return weight;
  }

  /** The whole message on one line. */
  public String json() {
    String made = json;
    if (made == null) {
      String name = content().orElseThrow().facts().tenant();
      String tenant = name == null ? "null" : JsonLine.quoted(name);
      made =
          "{\"id\":\""
              + position.encode()
              + "\",\"kind\":\""
              + kind.code()
              + "\",\"tenant\":"
              + tenant
              + ",\"data\":"
              + data()
              + "}";
      json = made;
    }
    return made;
  }

  /** As one server-sent event, UTF-8. */
  public byte[] frame() {
    byte[] made = frame;
    if (made == null) {
      made =
          ("id: " + position.encode() + "\nevent: " + kind.code() + "\ndata: " + json() + "\n\n")
              .getBytes(StandardCharsets.UTF_8);
      frame = made;
    }
    return made;
  }

  /** Those of its data. */
  Set<String> words() {
    Set<String> made = words;
    if (made == null) {
      Set<String> found = new HashSet<>();
      Words.each(JsonText.of(data()), found::add);
      made = found;
      words = made;
    }
    return made;
  }
}
