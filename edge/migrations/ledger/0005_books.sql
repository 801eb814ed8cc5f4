-- What left for other books of the ledger and is not known to have arrived.
CREATE TABLE parcel (
  seq INTEGER PRIMARY KEY,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL
) STRICT;
CREATE INDEX parcel_due ON parcel (due, seq);
-- The account of what lies between two books (kind 6) is below zero where more came than went, as the issuer's (kind 3) is.
CREATE TABLE account_of_book (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind INTEGER NOT NULL,
  posted INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held >= 0),
  lots BLOB NOT NULL DEFAULT x'00',
  ends INTEGER,
  CHECK (kind IN (3, 6) OR posted >= held)
) STRICT, WITHOUT ROWID;
INSERT INTO account_of_book (id, kind, posted, held, lots, ends) SELECT id, kind, posted, held, lots, ends FROM account;
DROP TABLE account;
ALTER TABLE account_of_book RENAME TO account;
CREATE INDEX account_ending ON account (ends, id) WHERE ends IS NOT NULL;
-- Which book this is, and of how many: what has entries from before was the only one.
CREATE TABLE place (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  shards INTEGER NOT NULL,
  shard INTEGER NOT NULL
) STRICT;
INSERT INTO place SELECT 1, 1, 0 WHERE EXISTS (SELECT 1 FROM entry);
