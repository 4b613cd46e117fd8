-- What clients of the flat audit event and of the decision log ask for. Partial: other events pay nothing for it.
CREATE INDEX events_by_agent_with_resource ON events (tenant, agent_id, t DESC) WHERE resource IS NOT NULL;
CREATE INDEX events_decisions ON events (tenant, t DESC) WHERE action LIKE 'decide:%';
CREATE INDEX events_decisions_by_id ON events (tenant, identity) WHERE action LIKE 'decide:%';
