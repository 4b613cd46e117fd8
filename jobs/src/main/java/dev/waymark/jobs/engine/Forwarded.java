package dev.waymark.jobs.engine;

import dev.waymark.jobs.ports.Incoming;

/**
 * An event on its way to the cases of a key other than the run.
 *
 * @param keyFields the key's fields, {@link CaseKeys#name}
 * @param key their values
 */
public record Forwarded(String keyFields, String key, Incoming incoming) {
  /** What Flink keys it by: cases of two tenants or two keys never meet. */
  public String partitionKey() {
    return CaseKeys.partitionKey(keyFields, incoming.event().tenant(), key);
  }
}
