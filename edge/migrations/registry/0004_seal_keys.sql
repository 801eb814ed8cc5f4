-- Keys that something may be sealed under. A rotation takes a number out when nothing is.
CREATE TABLE seal_key (
  number INTEGER PRIMARY KEY
);
INSERT INTO seal_key SELECT 1 WHERE EXISTS (SELECT 1 FROM person);
-- How far the sealing under the key `target` has come.
CREATE TABLE rotation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  target INTEGER NOT NULL,
  step INTEGER NOT NULL,
  person BLOB NOT NULL,
  seq INTEGER NOT NULL
);
-- The chain of a log is over its lines and not any more over how they are sealed. Lines from before the first release go.
DELETE FROM log;
