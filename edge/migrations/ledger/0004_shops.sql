-- How much of a grant or a purchase has been taken back.
ALTER TABLE corrected RENAME TO reversed;
CREATE TABLE shop (
  number INTEGER PRIMARY KEY,
  account BLOB NOT NULL UNIQUE CHECK (length(account) = 16),
  name TEXT NOT NULL,
  trade TEXT NOT NULL,
  open INTEGER NOT NULL
) STRICT;
-- What officers did with shops, so that it is done once.
CREATE TABLE shop_act (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  body BLOB NOT NULL CHECK (length(body) = 32),
  shop INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Who takes payments where.
CREATE TABLE clerk (
  shop INTEGER NOT NULL,
  person BLOB NOT NULL CHECK (length(person) = 16),
  PRIMARY KEY (shop, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX clerk_person ON clerk (person, shop);
-- One-time codes, by what they make happen once: not by what is shown.
CREATE TABLE pay_code (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  account BLOB NOT NULL CHECK (length(account) = 16),
  max INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pay_code_ending ON pay_code (until);
CREATE INDEX pay_code_of ON pay_code (account, until);
