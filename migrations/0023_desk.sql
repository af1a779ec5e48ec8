-- The service centre: its people, and what is done at its desk. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- Members of staff and auditors. Their names are theirs to be known by: residents read who was at the desk.
CREATE TABLE person (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    -- What authenticators keep to find the account again (WebAuthn §5.4.3).
    handle        BYTEA  NOT NULL UNIQUE CHECK (length(handle) = 16),
    role          TEXT   NOT NULL CHECK (role IN ('staff', 'auditor')),
    name          TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT
);

CREATE TABLE person_passkey (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    person        TEXT   NOT NULL REFERENCES person (id),
    -- base64url of SHA-256 of the credential id.
    credential    TEXT   NOT NULL UNIQUE,
    passkey       BYTEA  NOT NULL,
    counter       BIGINT NOT NULL CHECK (counter >= 0),
    created_at    BIGINT NOT NULL,
    last_used_at  BIGINT,
    removed_at    BIGINT
);
CREATE INDEX person_passkey_of ON person_passkey (person) WHERE removed_at IS NULL;

CREATE TABLE person_session (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    digest        TEXT   NOT NULL UNIQUE,
    person        TEXT   NOT NULL REFERENCES person (id),
    passkey       TEXT   NOT NULL REFERENCES person_passkey (id),
    signed_in_at  BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    ended_at      BIGINT
);
CREATE INDEX person_session_open ON person_session (person) WHERE ended_at IS NULL;
