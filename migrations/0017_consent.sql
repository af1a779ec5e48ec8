-- What a resident decides when she is asked. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- Digest of the catalogue's row at the time: when the row has changed, she is asked again. NULL: before this was kept.
ALTER TABLE consent_event ADD COLUMN terms TEXT;
ALTER TABLE consent_current ADD COLUMN terms TEXT;

-- An answer that is not whole yet: what she chose on the first page, and her acts on sensitive claims so far. Sealed.
CREATE TABLE consent_draft (
    request  TEXT   PRIMARY KEY,
    resident TEXT   NOT NULL,
    answer   BYTEA  NOT NULL,
    -- Raised by every change, so that of two pages open at once only one goes on.
    turn     BIGINT NOT NULL,
    made_at  BIGINT NOT NULL
);
CREATE INDEX consent_draft_age ON consent_draft (made_at);

-- A no, and a "not now". Append-only, but for the resident's leave to be asked again.
CREATE TABLE consent_no (
    id        TEXT   PRIMARY KEY,
    resident  TEXT   NOT NULL,
    client    TEXT   NOT NULL,
    purpose   TEXT   NOT NULL,
    -- refused: all of it; left_out: these sensitive claims; deferred: not now.
    kind      TEXT   NOT NULL CHECK (kind IN ('refused', 'left_out', 'deferred')),
    -- JSON: the claims that it is about.
    claims    TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    -- The ledger's entry; a "not now" has none.
    position  BIGINT,
    -- When she said that it may ask again.
    lifted_at BIGINT
);
CREATE INDEX consent_no_resident ON consent_no (resident, client, purpose, at);
