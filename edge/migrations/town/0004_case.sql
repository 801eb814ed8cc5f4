-- The centre's cases: who looks after a request, what operators write for each other about it, and the latest changes at
-- the desk, numbered without a gap, for those who listen.
CREATE TABLE claim (
  job BLOB PRIMARY KEY,
  operator BLOB NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
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
