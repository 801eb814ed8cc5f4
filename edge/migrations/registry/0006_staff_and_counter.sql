-- A session's record now says on which network it began: everybody signs in again.
DELETE FROM session;
-- Lines of a log that their owner is told of and has not said to have seen.
CREATE TABLE notice (
  person BLOB NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (person, seq)
) WITHOUT ROWID;
-- What other objects said of accounts: each once.
CREATE TABLE heard (
  id BLOB PRIMARY KEY,
  at INTEGER NOT NULL
) WITHOUT ROWID;
-- The day of each line, so that old ones can go. Lines from before count from today.
ALTER TABLE log ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
UPDATE log SET day = CAST(strftime('%s', 'now') AS INTEGER) / 86400;
CREATE INDEX log_by_day ON log (day);
-- What the first line follows that is still there, once older ones have gone. `mac` is keyed: only the portal says so.
CREATE TABLE log_start (
  person BLOB PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  mac BLOB NOT NULL
) WITHOUT ROWID;
-- Accounts of staff can be listed and stopped. People of one name and birth date have one `name_key`.
ALTER TABLE person ADD COLUMN staff INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN name_key BLOB;
CREATE INDEX person_by_name ON person (name_key);
CREATE INDEX person_of_staff ON person (staff) WHERE staff = 1;
-- Staff links that administrators made. `sealed` is what the account to come is called.
CREATE TABLE invitation (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  maker BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  record BLOB NOT NULL,
  sealed BLOB
) WITHOUT ROWID;
-- Proofs at the counter that run. `code` is a keyed digest of the one-time code, `sealed` what the documents say.
CREATE TABLE counter_proof (
  id BLOB PRIMARY KEY,
  code BLOB NOT NULL UNIQUE,
  expires_at INTEGER NOT NULL,
  record BLOB NOT NULL,
  sealed BLOB
) WITHOUT ROWID;
