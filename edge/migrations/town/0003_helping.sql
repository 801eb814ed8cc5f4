-- People who help: what they registered, who keeps away from whom, and what the centre asked of whom. `answer` is `yes`,
-- `no` or nothing yet; `name` is what the centre calls somebody.
CREATE TABLE registered (
  person BLOB PRIMARY KEY,
  name BLOB NOT NULL UNIQUE,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE apart (
  who BLOB NOT NULL,
  other BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (who, other)
) WITHOUT ROWID;
CREATE INDEX apart_other ON apart (other, who);
CREATE TABLE enquiry (
  job BLOB NOT NULL,
  helper BLOB NOT NULL,
  operator BLOB NOT NULL,
  at INTEGER NOT NULL,
  answer TEXT,
  answered INTEGER,
  PRIMARY KEY (job, helper)
) WITHOUT ROWID;
CREATE INDEX enquiry_waiting ON enquiry (helper, at) WHERE answer IS NULL;
CREATE INDEX enquiry_said ON enquiry (helper, at, answer);
CREATE INDEX job_helps ON job (helper, window_end) WHERE helper IS NOT NULL;
CREATE INDEX job_day ON job (day, window_end, id) WHERE state = 'open';
-- What people told the centre of others. `due` is when somebody has to have looked into it; none once it is closed.
CREATE TABLE concern (
  id BLOB PRIMARY KEY,
  job BLOB NOT NULL,
  by BLOB NOT NULL,
  at INTEGER NOT NULL,
  due INTEGER,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX concern_job ON concern (job, at, id);
CREATE INDEX concern_told ON concern (by, job, at, id);
CREATE INDEX concern_due ON concern (due, id) WHERE due IS NOT NULL;
