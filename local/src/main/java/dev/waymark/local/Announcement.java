package dev.waymark.local;

/** What a person reads once everything is up: where things are and what to try first. */
final class Announcement {
  private static final double NANOS_PER_SECOND = 1e9;

  private Announcement() {}

  static String of(StackConfig config, long nanos) {
    return Text.of(
        """

        Waymark is up after %.1f s, time: %s
          API         %s/api/v1/runs
          API docs    %s/docs
          Flink       %s
          Kafka       %s
          Database    %s  (user %s)
          Data, logs  %s

        Try, in another terminal:
          curl -s '%s/api/v1/violations?limit=5'
          curl -s '%s/api/v1/pipeline'
          ./waymark send FILE.jsonl

        Ctrl-C or ./waymark down stops it and keeps the data.
        """,
        nanos / NANOS_PER_SECOND,
        config.time(),
        config.api().url(),
        config.api().url(),
        config.flink().url(),
        config.kafka().bootstrapServers(),
        config.database().url(),
        config.database().user(),
        config.data().root(),
        config.api().url(),
        config.api().url());
  }
}
