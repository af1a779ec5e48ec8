-- A resident has everything about her erased. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- When everything about her is going to be erased. She may undo it until then, and as long as it is set nobody reads
-- anything of hers.
ALTER TABLE resident ADD COLUMN erases_at BIGINT;

CREATE TABLE erasure (
    id               TEXT   PRIMARY KEY CHECK (length(id) = 32),
    -- Whose; taken out with the last key that leads to her.
    resident         TEXT,
    begun_at         BIGINT NOT NULL,
    -- From then on it can be undone no more.
    due_at           BIGINT NOT NULL,
    undone_at        BIGINT,
    erased_at        BIGINT,
    -- Once nothing of it is in the files of the database any more.
    scrubbed_at      BIGINT,
    -- Until when the details of the access log and the proofs of consents are kept, sealed; and when they went.
    details_until    BIGINT,
    details_gone_at  BIGINT,
    -- The entry of the erasure, and its leaf.
    position         BIGINT,
    -- JSON: how much of what was erased, in numbers.
    counts           TEXT,
    -- Of the address under which the certificate can be read; and the address itself, sealed, until the erasure.
    link             TEXT   NOT NULL UNIQUE,
    sealed_link      BYTEA,
    -- JWS.
    certificate      TEXT
);
CREATE UNIQUE INDEX erasure_open ON erasure (resident) WHERE undone_at IS NULL AND erased_at IS NULL;
CREATE INDEX erasure_unfinished ON erasure (erased_at) WHERE certificate IS NULL AND erased_at IS NOT NULL;
CREATE INDEX erasure_details ON erasure (details_until) WHERE details_gone_at IS NULL AND details_until IS NOT NULL;
