-- What the two of a job write to each other, in order; `helper` is who helped then. `reach` is whom a change
-- concerns: the desk (0), the two as well (1), or the two alone (2).
CREATE TABLE chat (
  job BLOB NOT NULL,
  number INTEGER NOT NULL,
  helper BLOB NOT NULL,
  by BLOB NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (job, number)
) WITHOUT ROWID;
CREATE INDEX chat_old ON chat (at);
ALTER TABLE news ADD COLUMN reach INTEGER NOT NULL DEFAULT 0;
