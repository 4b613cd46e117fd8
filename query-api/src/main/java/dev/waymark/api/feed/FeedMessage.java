package dev.waymark.api.feed;

import dev.waymark.api.text.JsonText;
import dev.waymark.api.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One message, made once for all watchers: {@code {"id", "kind", "tenant", "data"}}. Forms and
 * words are made when the first one needs them, and kept.
 */
public final class FeedMessage {
  private final FeedKind kind;
  private final Facts facts;
  private final String data;
  private final Position position;
  private final @Nullable TopicPartition partition;
  private final long offset;
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

  private FeedMessage(
      FeedKind kind,
      Facts facts,
      String data,
      Position position,
      @Nullable TopicPartition partition,
      long offset) {
    this.kind = kind;
    this.facts = facts;
    this.data = data;
    this.position = position;
    this.partition = partition;
    this.offset = offset;
  }

  /**
   * What came from Kafka.
   *
   * @param data a JSON object; line breaks between its parts become spaces
   * @param position of the feed behind it
   */
  static FeedMessage recorded(
      FeedKind kind,
      Facts facts,
      String data,
      Position position,
      TopicPartition partition,
      long offset) {
    // Inside a JSON string a line break is always escaped.
    String line = data.replace('\n', ' ').replace('\r', ' ');
    return new FeedMessage(kind, facts, line, position, partition, offset);
  }

  /** What is not in Kafka, and so is not told again after a break. */
  static FeedMessage passing(FeedKind kind, Facts facts, String data, Position position) {
    return new FeedMessage(kind, facts, data, position, null, 0);
  }

  FeedKind kind() {
    return kind;
  }

  Facts facts() {
    return facts;
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
    return data.length();
  }

  /** About how much memory it takes, in bytes. */
  int weight() {
    return 200 + 4 * data.length();
  }

  /** The whole message on one line. */
  public String json() {
    String made = json;
    if (made == null) {
      String tenant = facts.tenant() == null ? "null" : JsonLine.quoted(facts.tenant());
      made =
          "{\"id\":\""
              + position.encode()
              + "\",\"kind\":\""
              + kind.code()
              + "\",\"tenant\":"
              + tenant
              + ",\"data\":"
              + data
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
      Words.each(JsonText.of(data), found::add);
      made = found;
      words = made;
    }
    return made;
  }
}
