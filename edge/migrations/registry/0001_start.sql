CREATE TABLE person (
  id BLOB PRIMARY KEY,
  card_key BLOB UNIQUE,
  member INTEGER NOT NULL UNIQUE,
  record BLOB NOT NULL,
  sealed BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE passkey (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  credential_id BLOB NOT NULL UNIQUE,
  record BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX passkey_of_person ON passkey (person);
CREATE TABLE ceremony (
  id BLOB PRIMARY KEY,
  expires_at INTEGER NOT NULL,
  record BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX ceremony_by_end ON ceremony (expires_at);
CREATE TABLE session (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  seen_at INTEGER NOT NULL,
  record BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_of_person ON session (person);
CREATE INDEX session_by_use ON session (seen_at);
CREATE TABLE invitation_used (
  code BLOB PRIMARY KEY,
  at INTEGER NOT NULL
) WITHOUT ROWID;
