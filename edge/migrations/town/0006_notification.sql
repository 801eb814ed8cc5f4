-- What people are told of their jobs, in order.
CREATE TABLE notification (
  number INTEGER PRIMARY KEY,
  person BLOB NOT NULL,
  job BLOB NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX notification_own ON notification (person, number);
CREATE INDEX notification_unseen ON notification (person, job, kind) WHERE seen = 0;
CREATE INDEX notification_old ON notification (at);
