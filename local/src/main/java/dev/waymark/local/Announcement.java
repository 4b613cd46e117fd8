package dev.waymark.local;

import java.util.Optional;

/** What a person reads once everything is up: where things are and what to try first. */
final class Announcement {
  private static final double NANOS_PER_SECOND = 1e9;

  private Announcement() {}

  /**
   * @param newKey of the admin, where it was made in this start: it is said this once
   */
  static String of(StackConfig config, long nanos, Optional<String> newKey) {
    return addresses(config, nanos)
        + newKey.map(key -> admin(config, key)).orElse("")
        + suggestions(config);
  }

  private static String admin(StackConfig config, String key) {
    return Text.of(
        """

        An admin was made. Its key, which is not shown again (the commands here read it from %s):
          %s
        """,
        config.data().adminKey(), key);
  }

  private static String addresses(StackConfig config, long nanos) {
    return Text.of(
        """

        Waymark is up after %.1f s, time: %s
          Dashboard   %s
          API         %s/api/v1/runs
          API docs    %s/docs
          Flink       %s
          Kafka       %s
          Database    %s  (user %s)
          Data, logs  %s
        """,
        nanos / NANOS_PER_SECOND,
        config.time(),
        config.api().url(),
        config.api().url(),
        config.api().url(),
        config.flink().url(),
        config.kafka().bootstrapServers(),
        config.database().url(),
        config.database().user(),
        config.data().root());
  }

  private static String suggestions(StackConfig config) {
    return Text.of(
        """

        Sign in to the dashboard with the admin's key, or try in another terminal:
          key=$(cat %s)
          curl -s -H "Authorization: Bearer $key" '%s/api/v1/violations?limit=5'
          curl -s -H "Authorization: Bearer $key" '%s/api/v1/pipeline'
          ./waymark send FILE.jsonl

        Ctrl-C or ./waymark down stops it and keeps the data.
        """,
        config.data().adminKey(), config.api().url(), config.api().url());
  }
}
