package dev.waymark.api.config;

import java.util.List;

/**
 * What those who watch, export and search may take.
 *
 * @param maxExports exports at once
 */
public record ReadConfig(Feed feed, int maxExports, Search search) {
  private static final ConfigKey MAX_READERS =
      new ConfigKey(
          "waymark.feed.max-readers",
          "1000",
          "readers",
          "Readers of the live feed at once, SSE and WebSocket together; refused beyond.");
  private static final ConfigKey RING_MESSAGES =
      new ConfigKey(
          "waymark.feed.ring-messages",
          "20000",
          "messages",
          "Messages of the live feed held in memory; who is further behind is cut off, or resumes from Kafka.");
  private static final ConfigKey RING_BYTES =
      new ConfigKey(
          "waymark.feed.ring-bytes", "16777216", "bytes", "Memory that they take together.");
  private static final ConfigKey HEARTBEAT =
      new ConfigKey(
          "waymark.feed.heartbeat-ms",
          "15000",
          "ms",
          "How long a reader of the live feed is told nothing at most.");
  private static final ConfigKey MAX_WATCH =
      new ConfigKey(
          "waymark.feed.max-watch-ms",
          "300000",
          "ms",
          "How long one connection of the live feed lasts; then its reader shows its credential again and resumes.");
  private static final ConfigKey MAX_RESUME_RECORDS =
      new ConfigKey(
          "waymark.feed.max-resume-records",
          "200000",
          "records",
          "Records that are read again for a reader who was away; a notice tells of more.");
  private static final ConfigKey METRIC_TICK =
      new ConfigKey(
          "waymark.feed.metric-tick-ms",
          "3000",
          "ms",
          "How often changed metrics are looked for while anybody watches them.");
  private static final ConfigKey MAX_EXPORTS =
      new ConfigKey("waymark.export.max-running", "4", "exports", "Exports at once; 429 beyond.");
  private static final ConfigKey INDEX_PERIOD =
      new ConfigKey(
          "waymark.search.index-ms",
          "1000",
          "ms",
          "How often runs that have grown are made searchable, and new runs and violations are added to the counts by day; 0: this process does neither.");
  private static final ConfigKey MAX_RUN_WORDS =
      new ConfigKey(
          "waymark.search.max-run-words",
          "20000",
          "words",
          "Different words of a run that can be searched for; those that come later cannot.");
  private static final ConfigKey MAX_RUNS_READ =
      new ConfigKey(
          "waymark.search.max-runs-read",
          "200",
          "runs",
          "Runs that are read for one page of hits; the next page goes on behind them.");

  /** Its keys, in the order of their documentation. */
  static List<ConfigKey> keys() {
    return List.of(
        MAX_READERS,
        RING_MESSAGES,
        RING_BYTES,
        HEARTBEAT,
        MAX_WATCH,
        MAX_RESUME_RECORDS,
        METRIC_TICK,
        MAX_EXPORTS,
        INDEX_PERIOD,
        MAX_RUN_WORDS,
        MAX_RUNS_READ);
  }

  static ReadConfig from(ConfigReader reader) {
    return new ReadConfig(
        Feed.from(reader), reader.integer(MAX_EXPORTS, 1, 1_000), Search.from(reader));
  }

  /**
   * The live feed.
   *
   * @param ringMessages held in memory
   * @param ringBytes they take together
   * @param maxResumeRecords read again for one reader
   */
  public record Feed(
      int maxReaders,
      int ringMessages,
      int ringBytes,
      int heartbeatMs,
      int maxWatchMs,
      int maxResumeRecords,
      int metricTickMs) {
    private static Feed from(ConfigReader reader) {
      return new Feed(
          reader.integer(MAX_READERS, 0, 100_000),
          reader.integer(RING_MESSAGES, 1, 10_000_000),
          reader.integer(RING_BYTES, 1_024, 1 << 30),
          reader.integer(HEARTBEAT, 10, 600_000),
          reader.integer(MAX_WATCH, 1_000, 86_400_000),
          reader.integer(MAX_RESUME_RECORDS, 0, 100_000_000),
          reader.integer(METRIC_TICK, 10, 600_000));
    }
  }

  /**
   * Search in trails.
   *
   * @param indexMs between two looks for runs that have grown; 0: none
   * @param maxRunWords different words of a run
   * @param maxRunsRead for one page
   */
  public record Search(int indexMs, int maxRunWords, int maxRunsRead) {
    private static Search from(ConfigReader reader) {
      return new Search(
          reader.integer(INDEX_PERIOD, 0, 600_000),
          reader.integer(MAX_RUN_WORDS, 1, 30_000),
          reader.integer(MAX_RUNS_READ, 1, 10_000));
    }
  }
}
