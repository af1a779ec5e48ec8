-- Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- One row per person. Nothing here says who it is: what is personal lies sealed in the vault.
CREATE TABLE resident (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    -- What authenticators keep to find the account again (WebAuthn §5.4.3): random, never used twice.
    handle        BYTEA  NOT NULL UNIQUE CHECK (length(handle) = 16),
    created_at    BIGINT NOT NULL,
    -- No door opens while it is set.
    locked_at     BIGINT,
    erased_at     BIGINT,
    -- When the sheet of recovery codes in force was made.
    sheet_made_at BIGINT
);

-- The public halves. A removed passkey stays as a row, so that its credential id never comes back.
CREATE TABLE resident_passkey (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    resident      TEXT   NOT NULL REFERENCES resident (id),
    -- base64url of SHA-256 of the credential id.
    credential    TEXT   NOT NULL UNIQUE,
    -- As webauthn-rs keeps it: JSON, with the public key. Empty once removed.
    passkey       BYTEA  NOT NULL,
    -- The signature counter, again: the conditional UPDATE needs it as a column.
    counter       BIGINT NOT NULL CHECK (counter >= 0),
    synced        BIGINT NOT NULL CHECK (synced IN (0, 1)),
    created_at    BIGINT NOT NULL,
    last_used_at  BIGINT,
    -- The device once showed a counter that ran backwards: it may have been copied.
    suspected_at  BIGINT,
    removed_at    BIGINT
);
CREATE INDEX resident_passkey_of ON resident_passkey (resident) WHERE removed_at IS NULL;

-- Signed-in browsers. The cookie is kept as its digest.
CREATE TABLE resident_session (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    digest        TEXT   NOT NULL UNIQUE,
    resident      TEXT   NOT NULL REFERENCES resident (id),
    passkey       TEXT   NOT NULL REFERENCES resident_passkey (id),
    signed_in_at  BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    ended_at      BIGINT
);
CREATE INDEX resident_session_open ON resident_session (resident) WHERE ended_at IS NULL;

-- What a sector of clients calls a resident: random, so that no two sectors can compare notes.
CREATE TABLE resident_subject (
    resident      TEXT   NOT NULL REFERENCES resident (id),
    sector        TEXT   NOT NULL,
    subject       TEXT   NOT NULL CHECK (length(subject) = 32),
    PRIMARY KEY (resident, sector),
    UNIQUE (sector, subject)
);
