-- How many runs of an agent began on a day, UTC, and how many of its violations became certain, so that nobody who asks
-- for a month counts a hundred thousand rows. The sum of both tables is exact at any moment: a row and its change are one
-- transaction. A violation without an agent counts under ''.
CREATE TABLE daily_counts (
  tenant     text        NOT NULL,
  agent_id   text        NOT NULL,
  day        timestamptz NOT NULL,
  runs       bigint      NOT NULL,
  violations bigint      NOT NULL,               -- a summary counts as those it stands for
  PRIMARY KEY (tenant, agent_id, day)
);
CREATE INDEX daily_counts_by_day ON daily_counts (tenant, day);

-- What has not been added to daily_counts yet: a row for each run or violation that came, or went (negative), so that no
-- writer waits for another. The API adds them up within seconds.
CREATE TABLE daily_count_changes (
  tenant     text        NOT NULL,
  agent_id   text        NOT NULL,
  day        timestamptz NOT NULL,
  runs       bigint      NOT NULL,
  violations bigint      NOT NULL
);

CREATE FUNCTION day_of(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN date_bin('1 day', at, TIMESTAMPTZ '2000-01-03Z');

CREATE FUNCTION count_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO daily_count_changes VALUES (OLD.tenant, OLD.agent_id, day_of(OLD.started_at), -1, 0);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO daily_count_changes VALUES (NEW.tenant, NEW.agent_id, day_of(NEW.started_at), 1, 0);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER runs_count AFTER INSERT OR DELETE ON runs FOR EACH ROW EXECUTE FUNCTION count_run();
-- An earlier event that comes late moves the beginning of its run.
CREATE TRIGGER runs_recount AFTER UPDATE ON runs FOR EACH ROW
  WHEN ((OLD.tenant, OLD.agent_id, day_of(OLD.started_at)) IS DISTINCT FROM (NEW.tenant, NEW.agent_id, day_of(NEW.started_at)))
  EXECUTE FUNCTION count_run();

CREATE FUNCTION count_violation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO daily_count_changes
    VALUES (OLD.tenant, coalesce(OLD.agent_id, ''), day_of(OLD.t), 0, - greatest(OLD.suppressed, 1));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO daily_count_changes
    VALUES (NEW.tenant, coalesce(NEW.agent_id, ''), day_of(NEW.t), 0, greatest(NEW.suppressed, 1));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER violations_count AFTER INSERT OR DELETE ON violations FOR EACH ROW EXECUTE FUNCTION count_violation();
CREATE TRIGGER violations_recount AFTER UPDATE ON violations FOR EACH ROW
  WHEN ((OLD.tenant, OLD.agent_id, day_of(OLD.t), OLD.suppressed) IS DISTINCT FROM (NEW.tenant, NEW.agent_id, day_of(NEW.t), NEW.suppressed))
  EXECUTE FUNCTION count_violation();

CREATE PROCEDURE recount_days() LANGUAGE sql AS $$
  TRUNCATE daily_counts, daily_count_changes;
  INSERT INTO daily_counts SELECT tenant, agent_id, day, sum(runs), sum(violations) FROM (
    SELECT tenant, agent_id, day_of(started_at) AS day, 1 AS runs, 0 AS violations FROM runs
    UNION ALL SELECT tenant, coalesce(agent_id, ''), day_of(t), 0, greatest(suppressed, 1) FROM violations) each
  GROUP BY 1, 2, 3;
$$;
CREATE FUNCTION recount_after_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CALL recount_days();
  RETURN NULL;
END
$$;
CREATE TRIGGER runs_truncated AFTER TRUNCATE ON runs FOR EACH STATEMENT EXECUTE FUNCTION recount_after_truncate();
CREATE TRIGGER violations_truncated AFTER TRUNCATE ON violations FOR EACH STATEMENT EXECUTE FUNCTION recount_after_truncate();

-- The triggers hold off writers until this is done.
CALL recount_days();
