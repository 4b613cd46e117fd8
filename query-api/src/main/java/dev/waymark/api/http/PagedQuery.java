package dev.waymark.api.http;

import org.jspecify.annotations.Nullable;

/**
 * What a list is asked with that is answered a page at a time.
 *
 * @param <Q> the query itself
 */
interface PagedQuery<Q extends PagedQuery<Q>> {
  /** Items of a page, as sent. */
  @Nullable String limit();

  /** The page, as sent; null: the first. */
  @Nullable String cursor();

  /** The same for another page. */
  Q at(@Nullable String pageLimit, @Nullable String pageCursor);
}
