-- Requests name skills and answer the questions of their kind: bodies up to `form` 4 did not.
DROP INDEX job_form;
CREATE INDEX job_form ON job (id) WHERE form < 5;
