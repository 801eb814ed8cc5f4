-- What the two told the centre of its service after their job; `waits` is since when an operator has to read it.
CREATE TABLE feedback (
  job BLOB NOT NULL,
  side INTEGER NOT NULL,
  at INTEGER NOT NULL,
  waits INTEGER,
  body BLOB NOT NULL,
  PRIMARY KEY (job, side)
) WITHOUT ROWID;
CREATE INDEX feedback_waits ON feedback (waits, job, side) WHERE waits IS NOT NULL;
CREATE INDEX feedback_read ON feedback (at) WHERE waits IS NULL;
-- What happened, for figures. `month` counts from January of the year 0; `value` is minutes of help, or stars. Who helped
-- whom stands there for twelve months.
CREATE TABLE occurrence (
  number INTEGER PRIMARY KEY,
  month INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  category TEXT,
  value INTEGER NOT NULL,
  points INTEGER NOT NULL,
  requester BLOB,
  helper BLOB
);
CREATE INDEX occurrence_people ON occurrence (month) WHERE requester IS NOT NULL;
