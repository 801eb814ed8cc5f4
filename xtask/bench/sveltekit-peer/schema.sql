-- What the start page reads, as one would lay it out in a database.
CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL, available bigint NOT NULL, held bigint NOT NULL);
CREATE TABLE session (
    id text PRIMARY KEY,
    person bigint NOT NULL REFERENCES person,
    expires_at timestamptz NOT NULL
);
CREATE TABLE area (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE job (
    word text PRIMARY KEY,
    requester bigint NOT NULL REFERENCES person,
    helper bigint REFERENCES person,
    title text NOT NULL,
    area text NOT NULL REFERENCES area,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    to_helper bigint NOT NULL,
    asked_at timestamptz NOT NULL,
    phase text NOT NULL
);
CREATE INDEX job_requester ON job (requester, phase);
CREATE INDEX job_helper ON job (helper, phase);
CREATE INDEX job_phase ON job (phase, asked_at DESC);
CREATE TABLE thanks (
    job text PRIMARY KEY REFERENCES job,
    from_person bigint NOT NULL REFERENCES person,
    to_person bigint NOT NULL REFERENCES person,
    message text,
    at timestamptz NOT NULL
);
CREATE INDEX thanks_to ON thanks (to_person, at DESC);
