-- Bounded Flink jobs over the stored trail that the API submits: rules that are tried, runs that are explained.
CREATE TABLE trail_jobs (
  job_id       text        NOT NULL PRIMARY KEY, -- as Flink calls it too
  kind         text        NOT NULL CHECK (kind IN ('backtest', 'explanation')),
  state        text        NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled')),
  rules        jsonb,                            -- of a backtest the draft: an array of canonical rules
  run_id       text,                             -- of an explanation the run
  tenant       text,                             -- null: all
  agent        text,                             -- only runs of this agent; null: all
  from_t       timestamptz,                      -- only runs that began then or later; null: all
  to_t         timestamptz,                      -- only events before; null: all
  events_read  bigint      NOT NULL DEFAULT 0,
  events_total bigint,                           -- null until the job has counted them
  result       jsonb,                            -- null until it is finished
  error        text,                             -- why it failed
  created_at   timestamptz NOT NULL,
  started_at   timestamptz,
  finished_at  timestamptz
);
CREATE INDEX trail_jobs_by_creation ON trail_jobs (kind, created_at DESC, job_id);
CREATE INDEX trail_jobs_by_run ON trail_jobs (tenant, run_id, created_at DESC) WHERE run_id IS NOT NULL;

-- What a backtest found, up to its limit a rule.
CREATE TABLE backtest_violations (
  job_id       text        NOT NULL REFERENCES trail_jobs ON DELETE CASCADE,
  found_by     text        NOT NULL CHECK (found_by IN ('draft', 'live', 'both')),
  rule_id      text        NOT NULL,
  t            timestamptz NOT NULL,
  violation_id text        NOT NULL,
  violation    jsonb       NOT NULL,             -- of the draft where both found it
  PRIMARY KEY (job_id, t, violation_id)
);

-- When a finalize record ended the run, which the trail otherwise does not hold; null: none did, or before this column.
ALTER TABLE runs ADD COLUMN finalized_at timestamptz;
CREATE INDEX runs_by_finalize ON runs (finalized_at) WHERE finalized_at IS NOT NULL;

-- A range of the trail in order of time. TimescaleDB has made an index of this name with the hypertable.
CREATE INDEX IF NOT EXISTS events_t_idx ON events (t DESC);
