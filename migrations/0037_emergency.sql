-- Break-glass: what two members of staff may see of a resident in an emergency. Read by SQLite and PostgreSQL alike (see
-- 0001_start.sql).

-- Each time somebody asked for it. What was asked for stands in `asked` alone: the signed bytes, sealed.
CREATE TABLE emergency (
    id              TEXT   PRIMARY KEY CHECK (length(id) = 32),
    -- Whose, when it is about one resident; taken out when she is erased.
    resident        TEXT   REFERENCES resident (id),
    asked           BYTEA  NOT NULL,
    asked_by        TEXT   NOT NULL REFERENCES person (id),
    asked_at        BIGINT NOT NULL,
    -- Until when it may be approved.
    until           BIGINT NOT NULL,
    -- The signed approval, sealed.
    approved        BYTEA,
    approved_by     TEXT   REFERENCES person (id),
    approved_at     BIGINT,
    -- Until when it may be read, and by when a third person has to have looked at it.
    ends_at         BIGINT,
    review_due      BIGINT,
    -- Before its time: declined or taken back before it was approved, closed after.
    outcome         TEXT   CHECK (outcome IN ('declined', 'cancelled', 'closed')),
    ended_at        BIGINT,
    ended_by        TEXT   REFERENCES person (id),
    reviewed_by     TEXT   REFERENCES person (id),
    reviewed_at     BIGINT,
    finding         TEXT   CHECK (finding IN ('justified', 'unjustified')),
    -- What was written at the review, sealed.
    review          BYTEA,
    CHECK (approved_by IS NULL OR approved_by <> asked_by),
    CHECK (reviewed_by IS NULL OR (reviewed_by <> asked_by AND reviewed_by <> approved_by))
);
CREATE INDEX emergency_asked ON emergency (asked_at);
CREATE INDEX emergency_unreviewed ON emergency (review_due) WHERE approved_at IS NOT NULL AND reviewed_at IS NULL;

-- The same as the gate reads it: who may read, what, until when.
CREATE TABLE vault_emergency (
    id              TEXT   PRIMARY KEY REFERENCES emergency (id),
    asked_by        TEXT   NOT NULL REFERENCES person (id),
    approved_by     TEXT   NOT NULL REFERENCES person (id),
    -- JSON: names of claims.
    claims          TEXT   NOT NULL,
    until           BIGINT NOT NULL,
    closed_at       BIGINT
);

-- Whose, and how often each may still be read.
CREATE TABLE vault_emergency_resident (
    emergency       TEXT   NOT NULL REFERENCES vault_emergency (id),
    resident        TEXT   NOT NULL REFERENCES resident (id),
    reads_left      BIGINT NOT NULL CHECK (reads_left >= 0),
    PRIMARY KEY (emergency, resident)
);
CREATE INDEX vault_emergency_resident_of ON vault_emergency_resident (resident);

-- Residents who let the responders of their building see something in an emergency. `building`: HMAC of its name. `version`:
-- of the field when she said so; when her address is corrected, she is asked anew.
CREATE TABLE emergency_listed (
    resident        TEXT   PRIMARY KEY REFERENCES resident (id),
    building        TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    at              BIGINT NOT NULL
);
CREATE INDEX emergency_listed_building ON emergency_listed (building);
