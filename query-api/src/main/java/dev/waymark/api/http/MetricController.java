package dev.waymark.api.http;

import dev.waymark.api.security.TenantScope;
import dev.waymark.api.store.Granularity;
import dev.waymark.api.store.Grouping;
import dev.waymark.api.store.MetricFilter;
import dev.waymark.api.store.MetricStore;
import dev.waymark.api.store.MetricsView;
import dev.waymark.api.store.SeriesView;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;

/** Binds {@link MetricOperations} to what is stored. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class MetricController implements MetricOperations {
  private final MetricStore metrics;

  MetricController(MetricStore metrics) {
    this.metrics = metrics;
  }

  private static final int DEFAULT_TOP = 20;
  private static final int MAX_TOP = 100;

  @Override
  public MetricsView totals(MetricsQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    MetricFilter filter =
        new MetricFilter(
            parameters.name("agent", query.agent()),
            parameters.text("model", query.model()),
            parameters.text("action", query.action()),
            parameters.range(query.from(), query.to()));
    parameters.check();
    return metrics.totals(scope, filter);
  }

  @Override
  public SeriesView series(MetricSeriesQuery query) {
    Parameters parameters = new Parameters();
    TenantScope scope = parameters.tenant(query.tenant());
    MetricFilter filter =
        new MetricFilter(
            parameters.name("agent", query.agent()),
            parameters.text("model", query.model()),
            parameters.text("action", query.action()),
            parameters.range(query.from(), query.to()));
    Grouping grouping = parameters.oneOf("group_by", query.groupBy(), Choices.GROUPINGS);
    Optional<Granularity> granularity =
        parameters.oneOf("granularity", query.granularity(), Choices.GRANULARITIES);
    int top = parameters.number("top", query.top(), DEFAULT_TOP, 1, MAX_TOP);
    parameters.check();
    return metrics.series(
        scope,
        filter,
        grouping == null ? Grouping.NONE : grouping,
        granularity == null ? null : granularity.orElse(null),
        top);
  }
}
