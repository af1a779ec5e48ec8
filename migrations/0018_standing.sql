-- What stands besides consents. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- An order to delete: made when a consent ends or is narrowed, in the same transaction. One for a record.
CREATE TABLE deletion_order (
    id           TEXT   PRIMARY KEY CHECK (length(id) = 32),
    record       TEXT   NOT NULL UNIQUE,
    client       TEXT   NOT NULL,
    -- Nobody, once she is erased: the order stands all the same.
    resident     TEXT,
    purpose      TEXT   NOT NULL,
    -- JSON: names of claims.
    claims       TEXT   NOT NULL,
    reason       TEXT   NOT NULL CHECK (reason IN ('withdrawn', 'expired', 'revoked', 'narrowed')),
    made_at      BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    -- What the client says; lifted: she gave the same again before it answered.
    outcome      TEXT   CHECK (outcome IN ('deleted', 'kept', 'lifted')),
    answered_at  BIGINT,
    -- JSON: claims that a law makes it keep, which law, and until when.
    kept         TEXT,
    law          TEXT,
    kept_until   BIGINT,
    -- When it was found that there was no answer by the day.
    silent_at    BIGINT
);
CREATE INDEX deletion_order_client ON deletion_order (client, made_at);
CREATE INDEX deletion_order_resident ON deletion_order (resident) WHERE resident IS NOT NULL;
CREATE INDEX deletion_order_due ON deletion_order (due_at) WHERE outcome IS NULL AND silent_at IS NULL;

-- What a resident never gives to a kind of party, whatever is asked. `party` is a kind's code, or `anybody`.
CREATE TABLE resident_preference (
    resident     TEXT   NOT NULL,
    claim        TEXT   NOT NULL,
    party        TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    PRIMARY KEY (resident, claim, party)
);

-- What body stands behind a client, where the gate finds it without reading manifests. NULL for clients registered by
-- an older version: then the manifest is read.
ALTER TABLE oauth_client ADD COLUMN party TEXT;
