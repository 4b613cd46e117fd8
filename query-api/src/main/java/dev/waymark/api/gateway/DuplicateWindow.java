package dev.waymark.api.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waymark.api.config.ApiConfig;
import jakarta.inject.Singleton;

/**
 * The events that were acknowledged last, so that a retry can be told that it is one. It forgets:
 * by number, and with the process. Nothing depends on it, because the jobs know an event that came
 * twice by its identity for as long as their horizon is.
 */
@Singleton
final class DuplicateWindow {
  private final Cache<Digest, Digest> contents;

  DuplicateWindow(ApiConfig config) {
    // Its upkeep takes less than handing it to another thread.
    this.contents =
        Caffeine.newBuilder()
            .maximumSize(config.ingest().duplicateWindow())
            .executor(Runnable::run)
            .build();
  }

  /** Whether this very record was acknowledged; other bytes of the same identity are a conflict. */
  boolean has(Digest identity, Digest content) {
    return content.equals(contents.getIfPresent(identity));
  }

  /** The broker has it. */
  void add(Digest identity, Digest content) {
    contents.put(identity, content);
  }
}
