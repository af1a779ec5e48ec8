-- What witnesses outside saw of the ledger. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- The last exchange with each witness, by its verifier key.
CREATE TABLE witness (
    key          TEXT   PRIMARY KEY,
    -- Since when it is asked; when it was asked last.
    since        BIGINT NOT NULL,
    asked_at     BIGINT NOT NULL,
    -- The largest tree that it is known to have cosigned, and when it last said so (of whichever size).
    size         BIGINT NOT NULL,
    cosigned_at  BIGINT,
    -- Why the last attempt came to nothing, a word; NULL when it did not.
    trouble      TEXT
);

-- Cosignatures: lines of the signed note of a checkpoint (C2SP tlog-cosignature). One of each witness for a size, the
-- newest.
CREATE TABLE ledger_cosignature (
    size         BIGINT NOT NULL REFERENCES ledger_checkpoint (size),
    witness      TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    line         TEXT   NOT NULL,
    PRIMARY KEY (size, witness)
);

-- One row, once there is a policy: since when witnesses are asked for, when enough of them had cosigned last, and what
-- was entered in the ledger of it.
CREATE TABLE witness_quorum (
    only_one     BIGINT PRIMARY KEY CHECK (only_one = 1),
    -- SHA-256 of the policy's text; empty when there is none any more.
    policy       TEXT   NOT NULL,
    since        BIGINT NOT NULL,
    met_at       BIGINT,
    entered      TEXT   NOT NULL CHECK (entered IN ('met', 'missing', 'stopped'))
);
