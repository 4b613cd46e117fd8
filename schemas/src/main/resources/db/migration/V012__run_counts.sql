-- How many runs of an agent began on a day, UTC, so that nobody who asks for a month counts a hundred thousand rows of runs.
-- The sum of both tables is exact at any moment: a run's row and its change are one transaction.
CREATE TABLE run_counts (
  tenant   text        NOT NULL,
  agent_id text        NOT NULL,
  day      timestamptz NOT NULL,
  runs     bigint      NOT NULL,
  PRIMARY KEY (tenant, agent_id, day)
);
CREATE INDEX run_counts_by_day ON run_counts (tenant, day);

-- What has not been added to run_counts yet: a row for each run that came (1) or went (-1), so that no writer of runs
-- waits for another. The API adds them up within seconds.
CREATE TABLE run_count_changes (
  tenant   text        NOT NULL,
  agent_id text        NOT NULL,
  day      timestamptz NOT NULL,
  runs     bigint      NOT NULL
);

CREATE FUNCTION day_of(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN date_bin('1 day', at, TIMESTAMPTZ '2000-01-03Z');

CREATE FUNCTION count_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    TRUNCATE run_counts, run_count_changes;
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO run_count_changes VALUES (OLD.tenant, OLD.agent_id, day_of(OLD.started_at), -1);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO run_count_changes VALUES (NEW.tenant, NEW.agent_id, day_of(NEW.started_at), 1);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER runs_count AFTER INSERT OR DELETE ON runs FOR EACH ROW EXECUTE FUNCTION count_run();
-- An earlier event that comes late moves the beginning of its run.
CREATE TRIGGER runs_recount AFTER UPDATE ON runs FOR EACH ROW
  WHEN ((OLD.tenant, OLD.agent_id, day_of(OLD.started_at)) IS DISTINCT FROM (NEW.tenant, NEW.agent_id, day_of(NEW.started_at)))
  EXECUTE FUNCTION count_run();
CREATE TRIGGER runs_forget AFTER TRUNCATE ON runs FOR EACH STATEMENT EXECUTE FUNCTION count_run();

-- The triggers hold off writers until this is done.
INSERT INTO run_counts SELECT tenant, agent_id, day_of(started_at), count(*) FROM runs GROUP BY 1, 2, 3;
