-- What somebody had typed when they were asked to sign in: shown once more to the same person, sealed until then.
CREATE TABLE draft (
  person BLOB NOT NULL,
  path TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (person, path)
) WITHOUT ROWID;
CREATE INDEX draft_by_end ON draft (expires_at);
-- Whose a session was that has just run out: it opens nothing, but what was typed in it can be kept.
CREATE TABLE lapsed_session (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX lapsed_session_by_end ON lapsed_session (expires_at);
