-- What residents are told. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- A message says what happened and to which record it leads, never a value of the resident's data.
CREATE TABLE inbox_message (
    id           TEXT   PRIMARY KEY CHECK (length(id) = 32),
    resident     TEXT   NOT NULL,
    word         TEXT   NOT NULL,
    -- The client it is about, and the id of the record it leads to (a consent, a case, a mandate).
    client       TEXT,
    about        TEXT,
    at           BIGINT NOT NULL,
    read_at      BIGINT,
    -- Outside the portal as well, when a way is configured: next try, tries so far, done.
    due_at       BIGINT,
    tries        BIGINT NOT NULL DEFAULT 0,
    sent_at      BIGINT
);
CREATE INDEX inbox_message_of ON inbox_message (resident, at);
CREATE INDEX inbox_message_due ON inbox_message (due_at) WHERE due_at IS NOT NULL;
