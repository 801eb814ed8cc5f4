-- What officers did to somebody's account and the Registry has not yet heard of.
CREATE TABLE told (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
