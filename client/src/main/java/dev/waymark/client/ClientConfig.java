package dev.waymark.client;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the SDK talks to Kafka. {@link #fromEnvironment} reads it from the variables of {@link Key};
 * {@code with…} methods change single values.
 *
 * @param bootstrapServers Kafka brokers, {@code host:port[,host:port]}
 * @param compression lz4, zstd, snappy, gzip or none
 * @param maxBufferBytes most bytes of events accepted and not yet acknowledged
 * @param maxEventBytes largest record; at most {@code maxBufferBytes}
 * @param overflow what happens when the buffer is full
 * @param blockTimeout longest wait for room under {@link OverflowPolicy#BLOCK}
 * @param deliveryTimeout how long Kafka is tried before an event fails
 * @param closeTimeout longest wait of {@code close()} for what is in the buffer
 */
public record ClientConfig(
    String bootstrapServers,
    String compression,
    long maxBufferBytes,
    int maxEventBytes,
    OverflowPolicy overflow,
    Duration blockTimeout,
    Duration deliveryTimeout,
    Duration closeTimeout) {

  /** One setting: its environment variable, default with unit, and meaning. */
  public enum Key {
    BOOTSTRAP_SERVERS(
        "waymark.kafka.bootstrap-servers",
        "127.0.0.1:9092",
        "Kafka brokers, host:port[,host:port]"),
    COMPRESSION("waymark.client.compression", "lz4", "lz4, zstd, snappy, gzip or none"),
    BUFFER_BYTES(
        "waymark.client.buffer-bytes",
        "67108864",
        "most bytes of events accepted and not yet acknowledged"),
    EVENT_BYTES(
        "waymark.client.event-bytes",
        "16777216",
        "largest event in bytes that is handed to Kafka; at most the buffer"),
    OVERFLOW(
        "waymark.client.overflow", "block", "a full buffer makes the agent block, fail or drop"),
    BLOCK_TIMEOUT("waymark.client.block-timeout", "PT1M", "longest wait for room in the buffer"),
    DELIVERY_TIMEOUT(
        "waymark.client.delivery-timeout", "PT2M", "how long Kafka is tried before an event fails"),
    CLOSE_TIMEOUT(
        "waymark.client.close-timeout", "PT30S", "longest wait at the end for what is buffered");

    private final String property;
    private final String defaultValue;
    private final String description;

    Key(String property, String defaultValue, String description) {
      this.property = property;
      this.defaultValue = defaultValue;
      this.description = description;
    }

    /** Dotted name, {@code waymark.kafka.bootstrap-servers}. */
    public String property() {
      return property;
    }

    /** Environment twin, {@code WAYMARK_KAFKA_BOOTSTRAP_SERVERS}. */
    public String variable() {
      return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    public String defaultValue() {
      return defaultValue;
    }

    public String description() {
      return description;
    }
  }

  private static final List<String> COMPRESSIONS = List.of("lz4", "zstd", "snappy", "gzip", "none");

  /** Throws {@link IllegalArgumentException} with every problem, one a line. */
  public ClientConfig {
    List<String> problems = new ArrayList<>();
    check(!bootstrapServers.isBlank(), Key.BOOTSTRAP_SERVERS, "must not be empty", "", problems);
    check(
        COMPRESSIONS.contains(compression),
        Key.COMPRESSION,
        "must be one of " + String.join(", ", COMPRESSIONS),
        compression,
        problems);
    check(maxEventBytes >= 1, Key.EVENT_BYTES, "must be at least 1", maxEventBytes, problems);
    check(
        maxBufferBytes >= maxEventBytes,
        Key.BUFFER_BYTES,
        "must be at least one event, " + maxEventBytes + " bytes",
        maxBufferBytes,
        problems);
    checkPositive(blockTimeout, Key.BLOCK_TIMEOUT, problems);
    checkPositive(deliveryTimeout, Key.DELIVERY_TIMEOUT, problems);
    checkPositive(closeTimeout, Key.CLOSE_TIMEOUT, problems);
    refuse(problems);
  }

  /** The defaults, for the brokers given. */
  public static ClientConfig of(String bootstrapServers) {
    return fromEnvironment(Map.of(Key.BOOTSTRAP_SERVERS.variable(), bootstrapServers));
  }

  /**
   * Reads the variables of {@link Key}, absent ones at their default; throws {@link
   * IllegalArgumentException} with every problem, one a line.
   */
  public static ClientConfig fromEnvironment(Map<String, String> environment) {
    Reader reader = new Reader(environment);
    long bufferBytes = reader.number(Key.BUFFER_BYTES);
    int eventBytes = (int) Math.min(Integer.MAX_VALUE, reader.number(Key.EVENT_BYTES));
    OverflowPolicy overflow = reader.overflow();
    Duration block = reader.duration(Key.BLOCK_TIMEOUT);
    Duration delivery = reader.duration(Key.DELIVERY_TIMEOUT);
    Duration close = reader.duration(Key.CLOSE_TIMEOUT);
    refuse(reader.problems);
    return new ClientConfig(
        reader.text(Key.BOOTSTRAP_SERVERS),
        reader.text(Key.COMPRESSION),
        bufferBytes,
        eventBytes,
        overflow,
        block,
        delivery,
        close);
  }

  public ClientConfig withOverflow(OverflowPolicy policy, long bufferBytes) {
    return new ClientConfig(
        bootstrapServers,
        compression,
        bufferBytes,
        (int) Math.min(maxEventBytes, bufferBytes),
        policy,
        blockTimeout,
        deliveryTimeout,
        closeTimeout);
  }

  public ClientConfig withTimeouts(Duration block, Duration delivery, Duration close) {
    return new ClientConfig(
        bootstrapServers,
        compression,
        maxBufferBytes,
        maxEventBytes,
        overflow,
        block,
        delivery,
        close);
  }

  private static void check(
      boolean holds, Key key, String demand, Object was, List<String> problems) {
    if (!holds) {
      problems.add(key.property() + ": " + demand + ", was " + was);
    }
  }

  private static void checkPositive(Duration duration, Key key, List<String> problems) {
    check(duration.compareTo(Duration.ZERO) > 0, key, "must be positive", duration, problems);
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  private static final class Reader {
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> environment) {
      this.environment = environment;
    }

    String text(Key key) {
      return environment.getOrDefault(key.variable(), key.defaultValue()).strip();
    }

    long number(Key key) {
      try {
        return Long.parseLong(text(key));
      } catch (NumberFormatException e) {
        problems.add(key.property() + ": must be a whole number, was " + text(key));
        return Long.parseLong(key.defaultValue());
      }
    }

    Duration duration(Key key) {
      try {
        return Duration.parse(text(key));
      } catch (DateTimeParseException e) {
        problems.add(key.property() + ": must be a duration such as PT30S, was " + text(key));
        return Duration.parse(key.defaultValue());
      }
    }

    OverflowPolicy overflow() {
      String name = text(Key.OVERFLOW).toUpperCase(Locale.ROOT);
      for (OverflowPolicy policy : OverflowPolicy.values()) {
        if (policy.name().equals(name)) {
          return policy;
        }
      }
      problems.add(
          Key.OVERFLOW.property() + ": must be block, fail or drop, was " + text(Key.OVERFLOW));
      return OverflowPolicy.BLOCK;
    }
  }
}
