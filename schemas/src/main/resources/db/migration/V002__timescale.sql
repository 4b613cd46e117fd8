-- What only TimescaleDB offers, applied where it is loaded; a plain PostgreSQL skips all of it.
-- CREATE EXTENSION kills the session where the library is installed but not preloaded, so the
-- preloaded library's own setting is looked for first. The Apache edition has hypertables only.
DO $$
DECLARE
  preloaded boolean := EXISTS (
    SELECT 1 FROM pg_settings
    WHERE name = 'timescaledb.max_background_workers' AND context = 'postmaster');
BEGIN
  IF NOT preloaded THEN
    RETURN;
  END IF;
  CREATE EXTENSION IF NOT EXISTS timescaledb;
  PERFORM create_hypertable('events', by_range('t', INTERVAL '1 day'), if_not_exists => true);
  PERFORM create_hypertable('metrics_1m', by_range('bucket', INTERVAL '1 day'), if_not_exists => true);
  PERFORM create_hypertable('metrics_1h', by_range('bucket', INTERVAL '30 days'), if_not_exists => true);
  PERFORM create_hypertable('metrics_1d', by_range('bucket', INTERVAL '365 days'), if_not_exists => true);
  IF current_setting('timescaledb.license', true) IS DISTINCT FROM 'timescale' THEN
    RETURN;
  END IF;
  ALTER TABLE events SET (timescaledb.enable_columnstore,
    timescaledb.segmentby = 'tenant, run_id', timescaledb.orderby = 't, seq');
  ALTER TABLE metrics_1m SET (timescaledb.enable_columnstore,
    timescaledb.segmentby = 'tenant, agent_id', timescaledb.orderby = 'bucket');
  CALL add_columnstore_policy('events', after => INTERVAL '7 days');
  CALL add_columnstore_policy('metrics_1m', after => INTERVAL '7 days');
  PERFORM add_retention_policy('metrics_1m', INTERVAL '90 days');
END
$$;

-- Volume of the trail, for those who plan disks: a continuous aggregate where there is one, else a view.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb')
     AND current_setting('timescaledb.license', true) = 'timescale' THEN
    EXECUTE $view$
      CREATE MATERIALIZED VIEW trail_volume_1h
      WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
      SELECT tenant, agent_id, time_bucket(INTERVAL '1 hour', t) AS bucket,
             count(*) AS events, sum(octet_length(body)) AS bytes
      FROM events GROUP BY 1, 2, 3
      WITH NO DATA $view$;
    PERFORM add_continuous_aggregate_policy('trail_volume_1h',
      start_offset => INTERVAL '3 days', end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 hour');
  ELSE
    EXECUTE $view$
      CREATE VIEW trail_volume_1h AS
      SELECT tenant, agent_id, date_bin(INTERVAL '1 hour', t, TIMESTAMPTZ '2000-01-03Z') AS bucket,
             count(*) AS events, sum(octet_length(body)) AS bytes
      FROM events GROUP BY 1, 2, 3 $view$;
  END IF;
END
$$;
