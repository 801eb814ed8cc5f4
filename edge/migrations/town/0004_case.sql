-- The centre's cases: who looks after a request, what operators write for each other about it, and the latest changes at
-- the desk, numbered without a gap, for those who listen.
CREATE TABLE claim (
  job BLOB PRIMARY KEY,
  operator BLOB NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX claim_at ON claim (at);
CREATE TABLE memo (
  id BLOB PRIMARY KEY,
  job BLOB NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX memo_job ON memo (job, at, id);
CREATE TABLE news (
  number INTEGER PRIMARY KEY,
  job BLOB NOT NULL
);
-- `desk` was since when a job waits, and is by when the centre is to have done its part: rows that wait are written anew.
DROP INDEX job_form;
UPDATE job SET form = 3 WHERE form = 2 AND desk IS NULL;
CREATE INDEX job_form ON job (id) WHERE form < 3;
