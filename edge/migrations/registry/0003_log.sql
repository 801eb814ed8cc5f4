-- What was done with each account, for its owner to read. `hash` chains the lines of a person; `sealed` opens for them.
CREATE TABLE log (
  person BLOB NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  sealed BLOB NOT NULL,
  PRIMARY KEY (person, seq)
) WITHOUT ROWID;
