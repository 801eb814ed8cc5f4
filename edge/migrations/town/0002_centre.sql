-- The centre: since when a job waits for an operator, and who has worked with whom. `form` is the shape of `body`: rows
-- of the first are read once and written in the second.
ALTER TABLE job ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
ALTER TABLE job ADD COLUMN desk INTEGER;
CREATE INDEX job_form ON job (id) WHERE form = 1;
CREATE INDEX job_desk ON job (desk, id) WHERE desk IS NOT NULL;
CREATE INDEX job_met ON job (requester, helper) WHERE state = 'paid';
CREATE INDEX job_coming ON job (window_end, id) WHERE state = 'agreed';
