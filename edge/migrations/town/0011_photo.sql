-- Photos of requests and between their two, kept until then. A row holds at most two megabytes, so a picture is kept in parts.
CREATE TABLE photo (
  id BLOB PRIMARY KEY,
  job BLOB NOT NULL,
  by BLOB NOT NULL,
  until INTEGER NOT NULL,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX photo_job ON photo (job);
CREATE INDEX photo_by ON photo (by);
CREATE INDEX photo_old ON photo (until);
CREATE TABLE photo_part (
  photo BLOB NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL
);
CREATE UNIQUE INDEX photo_part_of ON photo_part (photo, part);
