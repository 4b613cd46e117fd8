-- What clients of the flat audit event and of the decision log ask for. Partial: other events pay nothing for it.
CREATE INDEX events_by_agent_with_resource ON events (tenant, agent_id, t DESC) WHERE resource IS NOT NULL;
CREATE INDEX events_decisions ON events (tenant, t DESC) WHERE action LIKE 'decide:%';
CREATE INDEX events_decisions_by_id ON events (tenant, identity) WHERE action LIKE 'decide:%';

-- Events that the checks at the API's doors refused, as they would have been stored. They are in no trail.
CREATE TABLE refused_events (
  tenant         text        NOT NULL,
  run_id         text        NOT NULL,
  identity       text        NOT NULL,
  seq            bigint      NOT NULL,
  t              timestamptz NOT NULL,
  agent_id       text        NOT NULL,
  body           text        NOT NULL,             -- personal data and secrets replaced
  content_sha256 bytea       NOT NULL,             -- of body
  violations     text[]      NOT NULL,             -- ids of those that refused it
  refused_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant, run_id, identity, content_sha256)
);
CREATE INDEX refused_events_by_time ON refused_events (tenant, refused_at DESC, run_id, identity);
