-- The store of Waymark: what the Flink jobs write and the query API reads.
-- The same tables serve plain PostgreSQL and TimescaleDB; V002 adds what only TimescaleDB offers.
-- Every write is an idempotent upsert under a key computed from the event, so a replay changes nothing.

-- The trail: one row an accepted event. body holds the record exactly as it was published.
CREATE TABLE events (
  tenant                   text        NOT NULL,
  run_id                   text        NOT NULL,
  t                        timestamptz NOT NULL,
  seq                      bigint      NOT NULL,
  identity                 text        NOT NULL, -- idempotency key, else 'seq:' and the number
  actor                    text        NOT NULL,
  type                     text        NOT NULL,
  agent_id                 text        NOT NULL,
  action                   text,                 -- of a response: that of the request it answers
  call_id                  text,
  status                   text,
  resource                 text,
  model                    text,
  provider                 text,
  user_id                  text,
  session_id               text,
  trace_id                 text,
  input_tokens             bigint,
  output_tokens            bigint,
  cached_input_tokens      bigint,
  cache_write_input_tokens bigint,
  cost_usd                 double precision,     -- the event's own or priced; null: no model call or unpriced
  cost_source              text CHECK (cost_source IN ('recorded', 'priced', 'unpriced')),
  latency_ms               double precision,     -- of a response: the tool's
  gen_latency_ms           double precision,     -- of a model call
  late                     boolean     NOT NULL DEFAULT false,
  clock_skew               boolean     NOT NULL DEFAULT false,
  body                     text        NOT NULL,
  content_sha256           bytea       NOT NULL,
  kafka_partition          integer     NOT NULL,
  kafka_offset             bigint      NOT NULL,
  PRIMARY KEY (tenant, run_id, t, seq, identity)
);

-- One row a run, replaced as it grows; revision is the number of events it counts.
CREATE TABLE runs (
  tenant                   text        NOT NULL,
  run_id                   text        NOT NULL,
  agent_id                 text        NOT NULL, -- of the run's first event
  status                   text        NOT NULL CHECK (status IN ('running', 'completed', 'failed', 'timed_out')),
  started_at               timestamptz NOT NULL,
  last_event_at            timestamptz NOT NULL,
  ended_at                 timestamptz,
  duration_ms              double precision NOT NULL,
  events                   bigint      NOT NULL,
  events_by_type           jsonb       NOT NULL, -- {"action_request": 12, ...}
  errors                   bigint      NOT NULL, -- events of type error and responses with a failed status
  model_calls              bigint      NOT NULL,
  unpriced_calls           bigint      NOT NULL,
  input_tokens             bigint      NOT NULL,
  output_tokens            bigint      NOT NULL,
  cached_input_tokens      bigint      NOT NULL,
  cost_usd                 double precision NOT NULL, -- of the priced calls
  models                   text[]      NOT NULL,
  late_events              bigint      NOT NULL,
  duplicates               bigint      NOT NULL,
  conflicts                bigint      NOT NULL,
  revision                 bigint      NOT NULL,
  PRIMARY KEY (tenant, run_id)
);
CREATE INDEX runs_by_start ON runs (tenant, started_at DESC, run_id);
CREATE INDEX runs_by_agent ON runs (tenant, agent_id, started_at DESC);
CREATE INDEX runs_by_status ON runs (tenant, status, started_at DESC);

-- Same identity, other bytes: both versions are kept, this is the one that came later.
CREATE TABLE conflicts (
  tenant          text        NOT NULL,
  run_id          text        NOT NULL,
  identity        text        NOT NULL,
  seq             bigint      NOT NULL,
  t               timestamptz NOT NULL,
  agent_id        text        NOT NULL,
  body            text        NOT NULL,
  content_sha256  bytea       NOT NULL,
  kafka_partition integer     NOT NULL,
  kafka_offset    bigint      NOT NULL,
  detected_at     timestamptz NOT NULL,          -- when the broker took the record
  PRIMARY KEY (tenant, run_id, identity, kafka_partition, kafka_offset)
);
CREATE INDEX conflicts_by_time ON conflicts (tenant, detected_at DESC, kafka_partition, kafka_offset);

-- What no job could read, or the store refused; raw holds the bytes as they came.
CREATE TABLE dead_letters (
  topic           text        NOT NULL,
  kafka_partition integer     NOT NULL,
  kafka_offset    bigint      NOT NULL,
  job             text        NOT NULL,
  reason          text        NOT NULL,
  detail          text        NOT NULL,
  raw             bytea       NOT NULL,
  detected_at     timestamptz NOT NULL,          -- when the broker took the record
  PRIMARY KEY (topic, kafka_partition, kafka_offset, job)
);
CREATE INDEX dead_letters_by_time ON dead_letters (detected_at DESC, topic, kafka_partition, kafka_offset);

-- violation_id is a hash of what decided it, so the same fact is the same row.
CREATE TABLE violations (
  violation_id text        NOT NULL PRIMARY KEY,
  tenant       text        NOT NULL,
  t            timestamptz NOT NULL,             -- event time at which it became certain
  rule_id      text        NOT NULL,
  rule_version text        NOT NULL,
  kind         text        NOT NULL,
  template     text        NOT NULL,
  severity     text        NOT NULL CHECK (severity IN ('INFO', 'WARNING', 'ERROR', 'CRITICAL')),
  case_key     text        NOT NULL,
  case_id      text        NOT NULL,
  run_id       text,                             -- null: the case is no run (key agent, tenant, …)
  agent_id     text,
  message      text        NOT NULL,
  evidence     jsonb       NOT NULL,             -- [{"run_id", "seq", "t", "identity", "role"}]
  facts        jsonb       NOT NULL,             -- the figures that decided it
  tags         text[]      NOT NULL,
  description  text        NOT NULL,
  remedy       text        NOT NULL,
  late         boolean     NOT NULL,             -- the case had late events
  suppressed   bigint      NOT NULL DEFAULT 0    -- of a summary: violations counted, not listed
);
CREATE INDEX violations_by_time ON violations (tenant, t DESC, violation_id);
CREATE INDEX violations_by_rule ON violations (tenant, rule_id, t DESC);
CREATE INDEX violations_by_run ON violations (tenant, run_id);
CREATE INDEX violations_by_agent ON violations (tenant, agent_id, t DESC);

-- How much each rule version judged: cases = held + vacuous + broken + open.
CREATE TABLE rule_outcomes (
  tenant       text   NOT NULL,                  -- of the cases
  rule_id      text   NOT NULL,
  rule_version text   NOT NULL,
  cases        bigint NOT NULL,
  activations  bigint NOT NULL,
  held         bigint NOT NULL,
  vacuous      bigint NOT NULL,
  broken       bigint NOT NULL,
  open         bigint NOT NULL,
  violations   bigint NOT NULL,                  -- found, in shadow mode too
  revision     bigint NOT NULL,
  PRIMARY KEY (tenant, rule_id, rule_version)
);

-- Rule versions as the validation job has them; rejected ones keep the reason.
CREATE TABLE rules (
  rule_id      text        NOT NULL,
  rule_version text        NOT NULL,
  number       integer     NOT NULL,
  state        text        NOT NULL CHECK (state IN ('active', 'shadow', 'disabled', 'deleted', 'superseded', 'rejected')),
  kind         text        NOT NULL,
  template     text        NOT NULL,
  severity     text        NOT NULL,
  definition   jsonb       NOT NULL,             -- the canonical rule
  effective_at timestamptz NOT NULL,
  problems     text[]      NOT NULL,
  revision     bigint      NOT NULL,             -- offset in the rules topic
  PRIMARY KEY (rule_id, rule_version)
);

-- The jobs' books at their last checkpoint: read = accepted + duplicates + conflicts + dead letters.
CREATE TABLE job_books (
  job           text        NOT NULL,
  counter       text        NOT NULL,
  value         bigint      NOT NULL,
  checkpoint_id bigint      NOT NULL,
  watermark     timestamptz,                     -- event time up to which the job has worked
  PRIMARY KEY (job, counter)
);

-- Metrics of one minute; the hour and the day have the same shape.
-- Sketches are DDSketch (relative error 1 %) in their protobuf form, in ms.
CREATE TABLE metrics_1m (
  tenant                   text        NOT NULL,
  agent_id                 text        NOT NULL,
  model                    text        NOT NULL, -- '' where the event names none
  action                   text        NOT NULL, -- '' where the event names none
  bucket                   timestamptz NOT NULL, -- start of the window, UTC
  events                   bigint      NOT NULL,
  reasoning                bigint      NOT NULL,
  action_requests          bigint      NOT NULL,
  action_responses         bigint      NOT NULL,
  final_outputs            bigint      NOT NULL,
  error_events             bigint      NOT NULL,
  environments             bigint      NOT NULL,
  errors                   bigint      NOT NULL, -- events of type error and responses with a failed status
  model_calls              bigint      NOT NULL,
  priced_calls             bigint      NOT NULL,
  unpriced_calls           bigint      NOT NULL,
  input_tokens             bigint      NOT NULL,
  output_tokens            bigint      NOT NULL,
  cached_input_tokens      bigint      NOT NULL,
  cache_write_input_tokens bigint      NOT NULL,
  cost_usd                 double precision NOT NULL,
  latency_sketch           bytea,                -- tool latency; null: none measured
  gen_latency_sketch       bytea,                -- model latency; null: none measured
  revision                 bigint      NOT NULL, -- events counted
  PRIMARY KEY (tenant, agent_id, model, action, bucket)
);
CREATE TABLE metrics_1h (LIKE metrics_1m INCLUDING ALL);
CREATE TABLE metrics_1d (LIKE metrics_1m INCLUDING ALL);
CREATE INDEX metrics_1m_by_time ON metrics_1m (tenant, bucket);
CREATE INDEX metrics_1h_by_time ON metrics_1h (tenant, bucket);
CREATE INDEX metrics_1d_by_time ON metrics_1d (tenant, bucket);
