package dev.waymark.api.store;

import dev.waymark.api.security.TenantScope;
import jakarta.inject.Singleton;
import java.util.List;

/** The minutes that are still being measured. */
@Singleton
public final class MetricTickStore {
  /** Of a tenant, in one look. */
  private static final int MAX_WINDOWS = 5_000;

  private final Database database;

  MetricTickStore(Database database) {
    this.database = database;
  }

  /** Of each tenant the last two minutes that have events, an agent each. */
  public List<MetricTickView> latest(TenantScope scope) {
    return database.read(
        scope,
        session ->
            session.list(
                new Sql()
                    .add("SELECT scope.tenant, w.*")
                    .add(Session.EACH_TENANT, session.tenants())
                    .add(
                        """
                        SELECT agent_id, bucket, sum(events)::bigint AS events, sum(errors)::bigint AS errors,
                          sum(model_calls)::bigint AS model_calls, sum(input_tokens)::bigint AS input_tokens,
                          sum(output_tokens)::bigint AS output_tokens, sum(cost_usd) AS cost_usd
                        FROM metrics_1m WHERE metrics_1m.tenant = scope.tenant AND bucket >= (
                          SELECT max(bucket) FROM metrics_1m WHERE tenant = scope.tenant) - INTERVAL '1 minute'
                        GROUP BY agent_id, bucket LIMIT ?) w
                        ORDER BY w.bucket, scope.tenant, w.agent_id
                        """,
                        MAX_WINDOWS),
                row ->
                    new MetricTickView(
                        row.text("tenant"),
                        row.text("agent_id"),
                        row.instant("bucket"),
                        row.number("events"),
                        row.number("errors"),
                        row.number("model_calls"),
                        row.number("input_tokens"),
                        row.number("output_tokens"),
                        row.real("cost_usd"))));
  }
}
