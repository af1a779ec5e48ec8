-- Cases of residents: what they ask of people, and who answers by when. Read by SQLite and PostgreSQL alike (see
-- 0001_start.sql).

-- How each case stands: one row, written in the transaction of the event that changed it. Words of people are no part of
-- it; they lie sealed with the events.
CREATE TABLE case_current (
    id           TEXT   PRIMARY KEY CHECK (length(id) = 32),
    resident     TEXT   NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('objection', 'correction', 'explanation', 'complaint', 'relative')),
    -- The client it is about, if one.
    client       TEXT,
    -- Whose turn it is, or how it ended.
    state        TEXT   NOT NULL CHECK (state IN ('with_client', 'with_staff', 'answered', 'closed', 'taken_back')),
    -- The entry of the ledger, the consent, the purpose and the claims it is about.
    entry        BIGINT,
    consent      TEXT,
    purpose      TEXT,
    claims       TEXT   NOT NULL,
    -- The member of staff who looks after it; NULL: the service centre as a whole.
    owner        TEXT,
    opened_at    BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    -- When it was first found to have no answer by its day; it stays on the record.
    overdue_at   BIGINT,
    answered_at  BIGINT,
    closed_at    BIGINT,
    -- What the last answer came to.
    outcome      TEXT   CHECK (outcome IN ('agreed', 'declined')),
    seq          BIGINT NOT NULL
);
CREATE INDEX case_current_resident ON case_current (resident, opened_at);
CREATE INDEX case_current_client ON case_current (client, opened_at) WHERE client IS NOT NULL;
CREATE INDEX case_current_due ON case_current (due_at) WHERE closed_at IS NULL;
-- One objection to one entry at a time.
CREATE UNIQUE INDEX case_current_entry ON case_current (resident, kind, entry)
    WHERE entry IS NOT NULL AND closed_at IS NULL;

-- What happened, never changed. `body` is sealed under the resident's log key: words, and what is proposed.
CREATE TABLE case_event (
    id           TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    type         TEXT   NOT NULL CHECK (type IN ('opened', 'client_answered', 'staff_answered', 'disputed', 'settled',
                                                 'taken_back', 'overdue', 'assigned', 'read')),
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    -- The member of staff, where one acted.
    person       TEXT,
    -- The ledger position of the entry of the same transaction.
    position     BIGINT,
    body         BYTEA,
    PRIMARY KEY (id, seq)
);
