CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TABLE posting (
  account BLOB NOT NULL,
  seq INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (account, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE account (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind INTEGER NOT NULL,
  posted INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held >= 0),
  CHECK (kind = 3 OR posted >= held)
) STRICT, WITHOUT ROWID;
CREATE TABLE hold (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  account BLOB NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  until INTEGER NOT NULL,
  state INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_open ON hold (account) WHERE state = 0;
CREATE INDEX hold_ending ON hold (until, id) WHERE state = 0;
CREATE TABLE command (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  body BLOB NOT NULL CHECK (length(body) = 32),
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
