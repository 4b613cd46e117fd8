package dev.waymark.api.feed;

/** The process serves as many watchers as it may. */
public final class TooManyWatchersException extends RuntimeException {
  TooManyWatchersException(int limit) {
    super("the live feed has " + limit + " readers already, its limit; try again later");
  }
}
