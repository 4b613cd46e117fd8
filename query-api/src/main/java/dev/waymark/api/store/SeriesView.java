package dev.waymark.api.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures over time.
 *
 * @param from beginning of the range that was measured: what was asked for, widened to whole
 *     windows
 * @param to its end, exclusive
 * @param granularity width of the windows: 1m, 1h or 1d; null, as the range, where nothing is
 *     stored
 * @param groupBy agent, model, action or none
 * @param groups by number of events, largest first; what goes beyond {@code top} is one group at
 *     the end
 */
@Introspected
public record SeriesView(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String granularity,
    String groupBy,
    List<GroupView> groups) {

  /**
   * One line of a chart.
   *
   * @param group agent, model or action; empty for events that name none; null without grouping and
   *     for the rest
   * @param rest whether these are the groups beyond {@code top}
   * @param points in order of time; windows in which nothing happened are left out
   */
  @Introspected
  public record GroupView(@Nullable String group, boolean rest, List<PointView> points) {}

  /**
   * One window.
   *
   * @param at its beginning
   */
  @Introspected
  public record PointView(Instant at, @JsonUnwrapped FiguresView figures) {}
}
