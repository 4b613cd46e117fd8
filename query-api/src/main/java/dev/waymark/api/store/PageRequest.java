package dev.waymark.api.store;

import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param limit items at most, at least 1
 * @param after where the page before ended; empty: from the beginning
 */
public record PageRequest(int limit, Optional<Cursor> after) {
  /** What holds where the caller names no limit. */
  public static final int DEFAULT_LIMIT = 50;

  public static final int MAX_LIMIT = 1_000;

  /** The first page, of the default size. */
  public static PageRequest first() {
    return new PageRequest(DEFAULT_LIMIT, Optional.empty());
  }

  /** One more than is shown tells whether a next page is there. */
  int fetch() {
    return limit + 1;
  }
}
