-- Calls that operators take, and where people who have no phone of their own to sign in with can be rung up.
CREATE TABLE phone_call (
  id BLOB PRIMARY KEY,
  expires_at INTEGER NOT NULL,
  record BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX phone_call_by_end ON phone_call (expires_at);
CREATE TABLE telephone (
  person BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) WITHOUT ROWID;
