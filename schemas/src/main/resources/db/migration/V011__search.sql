-- Full-text search in trails. A document is a run, not an event: its words once, however often they stand in it, which
-- makes the index a tenth of one over events. The words are written beside the trail, by the API, a few seconds after the run has
-- grown; the trail job's own writes only leave a note, one for each row of runs.
CREATE TABLE run_words (
  tenant        text        NOT NULL,
  run_id        text        NOT NULL,
  started_at    timestamptz NOT NULL,
  last_event_at timestamptz NOT NULL,
  is_cut        boolean     NOT NULL,           -- it has more words than are kept
  words         tsvector    NOT NULL,           -- of payloads; and '=' with the tenant, '@' with each agent
  PRIMARY KEY (tenant, run_id)
);
-- Rows stay narrow, their words beside them: whoever sorts a hundred thousand hits of a common word reads no words.
ALTER TABLE run_words SET (toast_tuple_target = 128);
CREATE INDEX run_words_words ON run_words USING gin (words);
CREATE INDEX run_words_by_start ON run_words (tenant, started_at DESC, run_id);

-- Runs whose words are to be written anew.
CREATE TABLE search_queue (
  tenant text        NOT NULL,
  run_id text        NOT NULL,
  due_at timestamptz NOT NULL,                  -- when; of one that is worked on, when to try again
  PRIMARY KEY (tenant, run_id)
);
CREATE INDEX search_queue_by_due ON search_queue (due_at);

-- A run that grows is read again in ever longer intervals, so that a long one is not read a thousand times.
CREATE FUNCTION queue_run_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue AS queued (tenant, run_id, due_at)
  VALUES (NEW.tenant, NEW.run_id, now() + CASE WHEN NEW.status = 'running'
    THEN INTERVAL '3 seconds' + least((NEW.last_event_at - NEW.started_at) / 4, INTERVAL '10 minutes')
    ELSE INTERVAL '1 second' END)
  ON CONFLICT (tenant, run_id) DO UPDATE SET due_at = excluded.due_at WHERE queued.due_at > excluded.due_at;
  RETURN NULL;
END
$$;
CREATE TRIGGER runs_queue_for_search AFTER INSERT OR UPDATE ON runs
  FOR EACH ROW EXECUTE FUNCTION queue_run_for_search();

INSERT INTO search_queue (tenant, run_id, due_at) SELECT tenant, run_id, now() FROM runs;
