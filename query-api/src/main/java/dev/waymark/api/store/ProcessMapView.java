package dev.waymark.api.store;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which activity directly followed which in a set of runs, and how often.
 *
 * @param runs that were read, the latest first
 * @param events that were counted as activities
 * @param maxEvents of the runs read; the run that goes beyond is the last one read
 * @param truncated whether there are runs that were left out for that
 * @param activities the most frequent first
 * @param flows the most frequent first
 */
@Introspected
public record ProcessMapView(
    long runs,
    long events,
    int maxEvents,
    boolean truncated,
    List<ActivityView> activities,
    List<FlowView> flows) {

  /**
   * What was done.
   *
   * @param id of the node: type and name
   * @param name the action; the type where an event has none
   * @param failed whether these are responses with a failed status
   * @param count events
   * @param runs in which it occurs
   * @param starts runs that begin with it
   * @param ends runs whose last event it is so far
   * @param proving events that are evidence of a violation of their run
   */
  @Introspected
  public record ActivityView(
      String id,
      String type,
      String name,
      boolean failed,
      long count,
      long runs,
      long starts,
      long ends,
      long proving) {}

  /**
   * One activity directly followed by another.
   *
   * @param source id of the first
   * @param target id of the second
   * @param runs in which it occurs
   * @param medianGapMs between the two events; null where a clock went backwards all the time
   * @param proving how often the second event is evidence of a violation
   */
  @Introspected
  public record FlowView(
      String source,
      String target,
      long count,
      long runs,
      @Nullable Double medianGapMs,
      long proving) {}
}
