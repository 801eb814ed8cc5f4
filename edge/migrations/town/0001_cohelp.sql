-- Co-help. A job and an offer are one value each in `body` (version byte, postcard); beside it only what lists and the
-- alarm look for. Moments are milliseconds since 1970.
CREATE TABLE job (
  id BLOB PRIMARY KEY,
  state TEXT NOT NULL,
  requester BLOB NOT NULL,
  helper BLOB,
  area TEXT NOT NULL,
  day INTEGER NOT NULL,
  window_end INTEGER NOT NULL,
  posted INTEGER NOT NULL,
  due INTEGER,
  body BLOB NOT NULL
);
CREATE INDEX job_open ON job (posted, id) WHERE state = 'open';
CREATE INDEX job_mine ON job (requester, posted, id);
CREATE INDEX job_asking ON job (requester, window_end) WHERE state IN ('open', 'agreeing');
CREATE INDEX job_due ON job (due, id) WHERE due IS NOT NULL;
CREATE TABLE offer (
  id BLOB PRIMARY KEY,
  job BLOB NOT NULL,
  helper BLOB NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX offer_job ON offer (job, helper);
CREATE INDEX offer_helper ON offer (helper, at, job) WHERE state IN ('standing', 'chosen');
CREATE TABLE cohelp_command (
  id BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  answer BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE cohelp_outbox (
  id BLOB PRIMARY KEY,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  event BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX cohelp_outbox_due ON cohelp_outbox (due, id);
