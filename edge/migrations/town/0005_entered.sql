-- What operators did in the name of people on the phone. `until` is there where that was to ask for help, and is when the time
-- for it ends: these people are rung up when there is something to say.
CREATE TABLE entered (
  id BLOB PRIMARY KEY,
  job BLOB NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX entered_job ON entered (job, at, id);
CREATE INDEX entered_until ON entered (until, job) WHERE until IS NOT NULL;
