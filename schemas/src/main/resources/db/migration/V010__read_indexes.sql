-- The last events of a tenant, and its last predictions. Rows come in the order of time, or nearly so, so new entries
-- lie at an index's end. The second is partial: events that report no prediction pay nothing for it.
CREATE INDEX events_by_time ON events (tenant, t DESC);
CREATE INDEX events_predictions ON events (tenant, t DESC) WHERE action = 'predict';
CREATE INDEX events_model_calls ON events (tenant, t DESC) WHERE cost_source IS NOT NULL;
