-- Leave to act for somebody. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- Who may act for whom, how far and until when. A row is never deleted, and its end never moved to a later day.
CREATE TABLE mandate (
    id           TEXT   PRIMARY KEY CHECK (length(id) = 32),
    kind         TEXT   NOT NULL CHECK (kind IN ('family', 'appointed', 'temporary', 'guardian')),
    principal    TEXT   NOT NULL REFERENCES resident (id),
    -- Nobody yet while it is only offered.
    delegate     TEXT   REFERENCES resident (id),
    -- What the delegate is to the principal, as a code of the pages: `daughter`, `neighbour`.
    relation     TEXT   NOT NULL,
    -- JSON lists: what the delegate may do; fields that she may not see; controllers whose clients she may not let in.
    rights       TEXT   NOT NULL,
    hidden       TEXT   NOT NULL,
    conflicts    TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    -- When it is over by itself.
    until        BIGINT NOT NULL,
    -- When it was accepted, or confirmed at the desk: before, it gives nobody anything.
    begun_at     BIGINT,
    ended_at     BIGINT,
    ended_by     TEXT   CHECK (ended_by IN ('principal', 'delegate', 'declined', 'time', 'age', 'desk', 'void')),
    -- Ended without a word to the delegate.
    quiet_at     BIGINT,
    -- By whom a guardianship was confirmed, and which paper was seen; never a number of a document.
    confirmed_by TEXT,
    paper        TEXT
);
CREATE INDEX mandate_of ON mandate (principal) WHERE ended_at IS NULL;
CREATE INDEX mandate_by ON mandate (delegate) WHERE ended_at IS NULL;
CREATE INDEX mandate_ending ON mandate (until) WHERE ended_at IS NULL;

-- Consents that were given under a mandate: what waits for the young person's own word when she comes of age.
CREATE TABLE mandate_consent (
    record       TEXT   PRIMARY KEY,
    mandate      TEXT   NOT NULL REFERENCES mandate (id)
);
CREATE INDEX mandate_consent_of ON mandate_consent (mandate);

-- Residents of whom nobody in the household is to learn anything: no answer to those who look for them by their
-- address, no paper and no message to a place that others open.
CREATE TABLE resident_shielded (
    resident     TEXT   PRIMARY KEY REFERENCES resident (id),
    since        BIGINT NOT NULL
);
