package dev.waymark.api.config;

import java.util.Locale;

/**
 * One configuration key.
 *
 * @param name as in {@code waymark.kafka.bootstrap-servers}
 * @param defaultValue what holds where the environment says nothing; empty: none
 * @param unit of the value, such as {@code ms}, {@code bytes} or {@code host:port,…}
 * @param description what it decides, in one sentence
 */
public record ConfigKey(String name, String defaultValue, String unit, String description) {
  /** The environment variable that sets it, as in {@code WAYMARK_KAFKA_BOOTSTRAP_SERVERS}. */
  public String variable() {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
