-- Requests name languages: bodies up to `form` 3 did not.
DROP INDEX job_form;
CREATE INDEX job_form ON job (id) WHERE form < 4;
