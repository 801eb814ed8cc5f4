-- Entries written before there were lots say nothing of when their value ends, and an entry is never changed.
CREATE TABLE no_entry (
  there_is INTEGER,
  CONSTRAINT "this data was kept by a version without lots: begin with a new data folder" CHECK (there_is = 0)
) STRICT;
INSERT INTO no_entry SELECT EXISTS (SELECT 1 FROM entry);
DROP TABLE no_entry;
-- What an account has by lot, and the soonest last day of what is not set aside.
ALTER TABLE account ADD COLUMN lots BLOB NOT NULL DEFAULT x'00';
ALTER TABLE account ADD COLUMN ends INTEGER;
CREATE INDEX account_ending ON account (ends, id) WHERE ends IS NOT NULL;
ALTER TABLE hold ADD COLUMN lots BLOB NOT NULL DEFAULT x'00';
-- How much of a grant has been taken back.
CREATE TABLE corrected (
  entry INTEGER PRIMARY KEY,
  amount INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
-- Nightly trial balances: what the rows came to, and whether the entries up to `hash` followed each other.
CREATE TABLE trial_balance (
  day INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  accounts INTEGER NOT NULL,
  posted INTEGER NOT NULL,
  unequal INTEGER NOT NULL,
  chained INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
