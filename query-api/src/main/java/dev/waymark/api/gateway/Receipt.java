package dev.waymark.api.gateway;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What became of a request's events. Whatever is counted as accepted, the broker has.
 *
 * @param accepted acknowledged by the broker
 * @param duplicates acknowledged before, byte for byte the same; not sent again
 * @param rejected those that were refused, by their place in the request
 */
@Introspected
public record Receipt(int accepted, int duplicates, List<Rejection> rejected) {
  /** The same with what was refused elsewhere, in the order of the request. */
  public Receipt withRejected(List<Rejection> others) {
    List<Rejection> all = new ArrayList<>(rejected);
    all.addAll(others);
    all.sort(Comparator.comparingInt(Rejection::index));
    return new Receipt(accepted, duplicates, List.copyOf(all));
  }
}
