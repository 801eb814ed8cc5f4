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
-- How satisfied people are of whom few have said so: without a name.
CREATE TABLE satisfaction (
  id INTEGER PRIMARY KEY CHECK (id = 0),
  answers INTEGER NOT NULL,
  stars INTEGER NOT NULL
);
INSERT INTO satisfaction (id, answers, stars) VALUES (0, 0, 0);
-- What happened, for figures. `month` counts from January of the year 0; `value` is minutes of help, or the stars of five people. Who helped
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
-- What is known of the time before: who asked, how often and since when, and who is registered now. Moments are UTC, months
-- those of Japan. Numbers of `counted` are those of `Counted`.
INSERT INTO occurrence (month, counted, value, points)
  SELECT strftime('%Y', posted / 1000 + 32400, 'unixepoch') * 12 + strftime('%m', posted / 1000 + 32400, 'unixepoch') - 1, 0, 0, 0
  FROM job;
INSERT INTO occurrence (month, counted, value, points)
  SELECT strftime('%Y', first / 1000 + 32400, 'unixepoch') * 12 + strftime('%m', first / 1000 + 32400, 'unixepoch') - 1, 2, 0, 0
  FROM (SELECT min(posted) AS first FROM job GROUP BY requester);
INSERT INTO occurrence (month, counted, value, points)
  SELECT strftime('%Y', 'now', '+9 hours') * 12 + strftime('%m', 'now', '+9 hours') - 1, 3, 0, 0 FROM registered;
