-- A resident has died: her record is sealed (PIPL 49). Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- When two members of staff sealed the record, and until when whoever it is about may undo that with a passkey. A sealed
-- resident is locked as well (`locked_at`), so that every door that minds the lock is shut.
ALTER TABLE resident ADD COLUMN sealed_at BIGINT;
ALTER TABLE resident ADD COLUMN seal_final_at BIGINT;

-- Each time somebody of the staff said that a resident has died. `label` is sealed: how the page calls her.
CREATE TABLE sealing (
    id              TEXT   PRIMARY KEY CHECK (length(id) = 32),
    resident        TEXT   NOT NULL REFERENCES resident (id),
    label           BYTEA  NOT NULL,
    -- What the staff have seen.
    evidence        TEXT   NOT NULL CHECK (evidence IN ('death_certificate', 'household_cancelled', 'court_declared')),
    asked_by        TEXT   NOT NULL REFERENCES person (id),
    asked_at        BIGINT NOT NULL,
    confirmed_by    TEXT   REFERENCES person (id),
    sealed_at       BIGINT,
    -- From then on only staff can undo it; and when what ends then had ended.
    final_at        BIGINT,
    finished_at     BIGINT,
    -- The operator's lock that was there before, to be there again.
    locked_before   BIGINT,
    -- Who asked to undo it.
    lift_asked_by   TEXT   REFERENCES person (id),
    lift_asked_at   BIGINT,
    ended_at        BIGINT,
    outcome         TEXT   CHECK (outcome IN ('stopped', 'alive', 'lifted'))
);
CREATE UNIQUE INDEX sealing_open ON sealing (resident) WHERE ended_at IS NULL;
CREATE INDEX sealing_due ON sealing (final_at) WHERE finished_at IS NULL AND ended_at IS NULL;

-- What a resident arranged for after her death. `named`, sealed: the one person who may ask.
CREATE TABLE resident_arrangement (
    resident        TEXT   PRIMARY KEY REFERENCES resident (id),
    choice          TEXT   NOT NULL CHECK (choice IN ('nobody', 'named')),
    named           BYTEA,
    at              BIGINT NOT NULL
);

-- A near relative may read the record of somebody who died, because staff granted the case.
CREATE TABLE relative_grant (
    case_id         TEXT   PRIMARY KEY CHECK (length(case_id) = 32),
    -- Whose record.
    resident        TEXT   NOT NULL REFERENCES resident (id),
    -- Who may read it.
    relative        TEXT   NOT NULL REFERENCES resident (id),
    -- Which member of staff granted it.
    person          TEXT   NOT NULL REFERENCES person (id),
    granted_at      BIGINT NOT NULL,
    until           BIGINT NOT NULL
);
CREATE INDEX relative_grant_of ON relative_grant (resident);
