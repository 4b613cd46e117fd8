package dev.waymark.api.config;

import dev.waymark.checks.CheckedMark;
import dev.waymark.schemas.rule.Rule;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that decides how this process behaves. The only place that reads the environment.
 *
 * @param http where it listens and how much it answers at once
 * @param kafka the broker and the topics it creates
 * @param database what it reads
 * @param flinkUrl Flink's REST API
 * @param trailJobs what jobs over the stored trail may take
 * @param ingest how much is taken in, and how long the broker may take for it
 * @param objects where large payloads lie
 * @param tenants who may send events, and what is checked of them
 * @param checkedMark what the jobs know events by that were checked here; empty: they check again
 * @param reads what watchers, exports and searches may take
 * @param time what moves time
 * @param security what accounts stand on
 * @param firstRules rules to publish when the rules topic is empty
 */
public record ApiConfig(
    Http http,
    Kafka kafka,
    Database database,
    URI flinkUrl,
    TrailJobs trailJobs,
    Ingest ingest,
    Objects objects,
    TenantsFile tenants,
    Optional<CheckedMark> checkedMark,
    ReadConfig reads,
    TimeMode time,
    SecurityConfig security,
    List<Rule> firstRules) {

  private static final ConfigKey HOST =
      new ConfigKey("waymark.api.host", "127.0.0.1", "address", "Address the API listens on.");
  private static final ConfigKey PORT =
      new ConfigKey(
          "waymark.api.port", "8080", "port", "Port the API listens on; 0 takes a free one.");
  private static final ConfigKey PAGE_BYTES =
      new ConfigKey(
          "waymark.api.page-bytes",
          "8388608",
          "bytes",
          "Stored bodies that one page of a list holds at most.");
  private static final ConfigKey MAX_SERIES_POINTS =
      new ConfigKey(
          "waymark.api.max-series-points",
          "10000",
          "points",
          "Points that one answer of a metric series holds at most.");
  private static final ConfigKey MAX_RULES_BYTES =
      new ConfigKey(
          "waymark.api.max-rules-bytes",
          "1048576",
          "bytes",
          "Rule set that is taken to be validated or tried at most.");
  private static final ConfigKey MAX_PROCESS_MAP_EVENTS =
      new ConfigKey(
          "waymark.api.max-process-map-events",
          "200000",
          "events",
          "Events of the latest runs that a process map is made of at most.");
  private static final ConfigKey DASHBOARD_FOLDER =
      new ConfigKey(
          "waymark.dashboard.folder",
          "",
          "path",
          "For work on the dashboard: its files are read here anew for each request, instead of once from the jar.");
  private static final ConfigKey BOOTSTRAP_SERVERS =
      new ConfigKey(
          "waymark.kafka.bootstrap-servers",
          "127.0.0.1:9092",
          "host:port,…",
          "Kafka brokers to begin with.");
  private static final ConfigKey EVENT_PARTITIONS =
      new ConfigKey(
          "waymark.kafka.event-partitions",
          "4",
          "partitions",
          "Partitions of the events topic when it is created.");
  private static final ConfigKey DB_URL =
      new ConfigKey(
          "waymark.db.url",
          "jdbc:postgresql://127.0.0.1:5432/waymark",
          "JDBC URL",
          "The database.");
  private static final ConfigKey DB_USER =
      new ConfigKey("waymark.db.user", "waymark", "name", "Its user.");
  private static final ConfigKey DB_PASSWORD =
      new ConfigKey("waymark.db.password", "", "secret", "Its password.");
  private static final ConfigKey DB_POOL_SIZE =
      new ConfigKey(
          "waymark.db.pool-size", "8", "connections", "Reads the API has the database do at once.");
  private static final ConfigKey DB_STATEMENT_TIMEOUT =
      new ConfigKey(
          "waymark.db.statement-timeout-ms", "10000", "ms", "Longest time a statement may take.");
  private static final ConfigKey FLINK_URL =
      new ConfigKey("waymark.flink.url", "http://127.0.0.1:8081", "URL", "Flink's REST API.");
  private static final ConfigKey JOB_JAR =
      new ConfigKey(
          "waymark.flink.job-jar",
          "",
          "path",
          "waymark-jobs.jar, to be handed to a Flink that was given none over REST.");
  private static final ConfigKey MAX_BACKTESTS =
      new ConfigKey(
          "waymark.backtest.max-running",
          "1",
          "backtests",
          "Backtests that wait or run at once; each takes a slot.");
  private static final ConfigKey BACKTESTS_KEPT =
      new ConfigKey(
          "waymark.backtest.kept", "100", "backtests", "Backtests whose results are kept.");
  private static final ConfigKey MAX_EXPLANATIONS =
      new ConfigKey(
          "waymark.explain.max-running",
          "4",
          "explanations",
          "Explanations that wait or run at once.");
  private static final ConfigKey EXPLANATION_WAIT =
      new ConfigKey(
          "waymark.explain.wait-ms",
          "8000",
          "ms",
          "How long a request waits for an explanation before it answers 202.");
  private static final ConfigKey MAX_BODY_BYTES =
      new ConfigKey(
          "waymark.ingest.max-body-bytes",
          "8388608",
          "bytes",
          "Body of a request that brings events, at most; compressed and unpacked alike.");
  private static final ConfigKey MAX_BATCH_EVENTS =
      new ConfigKey(
          "waymark.ingest.max-batch-events", "5000", "events", "Events of one request, at most.");
  private static final ConfigKey MAX_IN_FLIGHT =
      new ConfigKey(
          "waymark.ingest.max-in-flight",
          "32",
          "requests",
          "Requests that bring events and are worked on at once; 429 beyond.");
  private static final ConfigKey MAX_IN_FLIGHT_BYTES =
      new ConfigKey(
          "waymark.ingest.max-in-flight-bytes",
          "25165824",
          "bytes",
          "Their unpacked bodies together; 429 beyond.");
  private static final ConfigKey MAX_ARRIVING_BYTES =
      new ConfigKey(
          "waymark.ingest.max-arriving-bytes",
          "33554432",
          "bytes",
          "Bodies above 16 KiB on their way together; 429 beyond.");
  private static final ConfigKey BODY_TIMEOUT =
      new ConfigKey(
          "waymark.ingest.body-timeout-ms",
          "30000",
          "ms",
          "Longest that a request that brings events may take, its body included; then its connection is closed.");
  private static final ConfigKey MAX_BACKLOG =
      new ConfigKey(
          "waymark.ingest.max-backlog-ms",
          "5",
          "ms",
          "Work that may wait before a thread of the server; requests that bring more events get 429, from the ninth of its turn on.");
  private static final ConfigKey ACK_TIMEOUT =
      new ConfigKey(
          "waymark.ingest.ack-timeout-ms",
          "5000",
          "ms",
          "How long a request waits for the broker's acknowledgement before it answers 503.");
  private static final ConfigKey PRODUCER_BUFFER_BYTES =
      new ConfigKey(
          "waymark.ingest.producer-buffer-bytes",
          "16777216",
          "bytes",
          "Events that wait to be sent to the broker; 503 beyond.");
  private static final ConfigKey DUPLICATE_WINDOW =
      new ConfigKey(
          "waymark.ingest.duplicate-window",
          "100000",
          "events",
          "Acknowledged events that are remembered, so that a retry is told of as a duplicate.");
  private static final ConfigKey OBJECTS_LOCATION =
      new ConfigKey(
          "waymark.objects.location",
          "waymark-objects",
          "folder | s3://bucket/prefix",
          "Where payloads lie that are too large for a record.");
  private static final ConfigKey OBJECTS_S3_ENDPOINT =
      new ConfigKey(
          "waymark.objects.s3-endpoint",
          "",
          "URL",
          "Address of an S3-compatible store; empty: that of AWS. Credentials are found as AWS clients find them.");
  private static final ConfigKey OBJECTS_S3_REGION =
      new ConfigKey("waymark.objects.s3-region", "us-east-1", "name", "Region of the bucket.");
  private static final ConfigKey INLINE_PAYLOAD_BYTES =
      new ConfigKey(
          "waymark.objects.inline-bytes",
          "102400",
          "bytes",
          "Largest payload that stays in its record.");
  private static final ConfigKey TENANTS_FILE =
      new ConfigKey(
          "waymark.tenants.file",
          "",
          "path",
          "Who may send events and what is checked of them; read again when it changes; empty: everybody, the default checks.");
  private static final ConfigKey CHECKED_SECRET =
      new ConfigKey(
          "waymark.checked.secret",
          "",
          "secret",
          "Shared with the jobs, so that they do not check again what was checked here; 32 bytes at least; empty: they do.");
  private static final ConfigKey TIME =
      new ConfigKey(
          "waymark.time",
          "live",
          "live | log",
          "live: this process writes heartbeats; log: it does not.");
  private static final ConfigKey RULES_FILE =
      new ConfigKey(
          "waymark.rules.file", "", "path", "Rules to publish when the rules topic is empty.");

  /**
   * Longest wait for a connection or an answer of another server, in ms, before a read gives up.
   */
  public static final int PATIENCE_MS = 2_000;

  /** Every key this process knows, in the order of its documentation. */
  public static List<ConfigKey> keys() {
    return Stream.of(ownKeys(), SecurityConfig.keys(), ReadConfig.keys())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ConfigKey> ownKeys() {
    return List.of(
        HOST,
        PORT,
        PAGE_BYTES,
        MAX_SERIES_POINTS,
        MAX_RULES_BYTES,
        MAX_PROCESS_MAP_EVENTS,
        DASHBOARD_FOLDER,
        BOOTSTRAP_SERVERS,
        EVENT_PARTITIONS,
        DB_URL,
        DB_USER,
        DB_PASSWORD,
        DB_POOL_SIZE,
        DB_STATEMENT_TIMEOUT,
        FLINK_URL,
        JOB_JAR,
        MAX_BACKTESTS,
        BACKTESTS_KEPT,
        MAX_EXPLANATIONS,
        EXPLANATION_WAIT,
        MAX_BODY_BYTES,
        MAX_BATCH_EVENTS,
        MAX_IN_FLIGHT,
        MAX_IN_FLIGHT_BYTES,
        MAX_ARRIVING_BYTES,
        BODY_TIMEOUT,
        MAX_BACKLOG,
        ACK_TIMEOUT,
        PRODUCER_BUFFER_BYTES,
        DUPLICATE_WINDOW,
        OBJECTS_LOCATION,
        OBJECTS_S3_ENDPOINT,
        OBJECTS_S3_REGION,
        INLINE_PAYLOAD_BYTES,
        TENANTS_FILE,
        CHECKED_SECRET,
        TIME,
        RULES_FILE);
  }

  /** Reads the configuration; throws {@link InvalidConfigException} with every problem there is. */
  public static ApiConfig from(Map<String, String> environment) {
    ConfigReader reader = new ConfigReader(environment);
    ApiConfig config =
        new ApiConfig(
            Http.from(reader),
            Kafka.from(reader),
            Database.from(reader),
            reader.httpAddress(FLINK_URL),
            TrailJobs.from(reader),
            Ingest.from(reader),
            Objects.from(reader),
            reader.tenants(TENANTS_FILE),
            reader.mark(CHECKED_SECRET),
            ReadConfig.from(reader),
            reader.oneOf(TIME, TimeMode.values()),
            SecurityConfig.from(reader, DB_PASSWORD),
            reader.rules(RULES_FILE));
    reader.finish();
    return config;
  }

  /**
   * Where the API listens, how much it answers and how much it takes at once.
   *
   * @param pageBytes stored bodies a page holds; its last one may go beyond
   * @param maxSeriesPoints points a metric series may have
   * @param maxRulesBytes a rule set in a request may have
   * @param maxProcessMapEvents a process map is made of; its last run may go beyond
   * @param dashboardFolder the dashboard is read from; empty: from the class path
   */
  public record Http(
      String host,
      int port,
      int pageBytes,
      int maxSeriesPoints,
      int maxRulesBytes,
      int maxProcessMapEvents,
      String dashboardFolder) {
    private static Http from(ConfigReader reader) {
      return new Http(
          reader.required(HOST),
          reader.integer(PORT, 0, 65_535),
          reader.integer(PAGE_BYTES, 1, 1 << 28),
          reader.integer(MAX_SERIES_POINTS, 1, 1_000_000),
          reader.integer(MAX_RULES_BYTES, 1, 8 << 20),
          reader.integer(MAX_PROCESS_MAP_EVENTS, 1, 10_000_000),
          reader.text(DASHBOARD_FOLDER));
    }
  }

  /**
   * The log of record.
   *
   * @param eventPartitions of the events topic, where it does not exist yet
   */
  public record Kafka(String bootstrapServers, int eventPartitions) {
    private static Kafka from(ConfigReader reader) {
      return new Kafka(
          reader.hostsAndPorts(BOOTSTRAP_SERVERS), reader.integer(EVENT_PARTITIONS, 1, 1_000));
    }
  }

  /**
   * What jobs over the stored trail may take.
   *
   * @param jobJar to upload where Flink has none; empty: none
   * @param maxBacktests that wait or run at once
   * @param backtestsKept whose results are kept
   * @param maxExplanations that wait or run at once
   * @param explanationWaitMs how long a request waits for one
   */
  public record TrailJobs(
      String jobJar,
      int maxBacktests,
      int backtestsKept,
      int maxExplanations,
      int explanationWaitMs) {
    private static TrailJobs from(ConfigReader reader) {
      return new TrailJobs(
          reader.text(JOB_JAR),
          reader.integer(MAX_BACKTESTS, 1, 100),
          reader.integer(BACKTESTS_KEPT, 1, 10_000),
          reader.integer(MAX_EXPLANATIONS, 1, 100),
          reader.integer(EXPLANATION_WAIT, 0, 60_000));
    }
  }

  /**
   * How much is taken in at once, and how long the broker may take for it.
   *
   * @param maxBodyBytes of a request, compressed and unpacked
   * @param maxBatchEvents of a request
   * @param maxInFlight requests at once
   * @param maxInFlightBytes unpacked bodies at once
   * @param maxArrivingBytes bodies on their way at once, in memory of the server
   * @param bodyTimeoutMs longest that a request may take, its body included
   * @param maxBacklogMs work that may wait before a thread of the server
   * @param ackTimeoutMs longest wait for the broker
   * @param producerBufferBytes that wait to be sent
   * @param duplicateWindow acknowledged events that are remembered
   */
  public record Ingest(
      int maxBodyBytes,
      int maxBatchEvents,
      int maxInFlight,
      int maxInFlightBytes,
      int maxArrivingBytes,
      int bodyTimeoutMs,
      int maxBacklogMs,
      int ackTimeoutMs,
      int producerBufferBytes,
      int duplicateWindow) {
    private static Ingest from(ConfigReader reader) {
      return new Ingest(
          reader.integer(MAX_BODY_BYTES, 1_024, 1 << 28),
          reader.integer(MAX_BATCH_EVENTS, 1, 1_000_000),
          reader.integer(MAX_IN_FLIGHT, 1, 100_000),
          reader.integer(MAX_IN_FLIGHT_BYTES, 1_024, 1 << 30),
          reader.integer(MAX_ARRIVING_BYTES, 1_024, 1 << 30),
          reader.integer(BODY_TIMEOUT, 1_000, 600_000),
          reader.integer(MAX_BACKLOG, 1, 60_000),
          reader.integer(ACK_TIMEOUT, 1_000, 120_000),
          reader.integer(PRODUCER_BUFFER_BYTES, 1 << 20, 1 << 30),
          reader.integer(DUPLICATE_WINDOW, 0, 10_000_000));
    }
  }

  /**
   * Where payloads lie that are too large for a record.
   *
   * @param location a folder, or {@code s3://bucket/prefix}
   * @param s3Endpoint of a store that is not AWS; empty: AWS
   * @param inlineBytes largest payload that stays in its record
   */
  public record Objects(String location, String s3Endpoint, String s3Region, int inlineBytes) {
    private static Objects from(ConfigReader reader) {
      return new Objects(
          reader.required(OBJECTS_LOCATION),
          reader.optionalHttpAddress(OBJECTS_S3_ENDPOINT),
          reader.required(OBJECTS_S3_REGION),
          reader.integer(INLINE_PAYLOAD_BYTES, 1, 1 << 20));
    }
  }

  /**
   * What the API reads.
   *
   * @param statementTimeoutMs longest time a statement may take
   */
  public record Database(
      String url, String user, String password, int poolSize, int statementTimeoutMs) {
    private static Database from(ConfigReader reader) {
      return new Database(
          reader.startingWith(DB_URL, "jdbc:postgresql://"),
          reader.required(DB_USER),
          reader.secret(DB_PASSWORD),
          reader.integer(DB_POOL_SIZE, 1, 200),
          reader.integer(DB_STATEMENT_TIMEOUT, 1, 600_000));
    }

    /** Without the password, wherever it stands: this ends up in logs. */
    @Override
    public String toString() {
      return "Database[url="
          + url.replaceFirst("[?].*", "")
          + ", user="
          + user
          + ", poolSize="
          + poolSize
          + "]";
    }
  }
}
