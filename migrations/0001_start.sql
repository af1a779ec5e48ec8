-- Read by SQLite and PostgreSQL alike. The portable subset: columns TEXT, BIGINT (Unix seconds, counts) and
-- BYTEA only; states are nullable *_at columns, no booleans; ids are made by us; ON CONFLICT, RETURNING,
-- CTEs, partial indexes, CHECKs and foreign keys as both engines know them.

-- Who this installation is: stands in the associated data of everything sealed, in place of the issuer.
CREATE TABLE installation (
    only_one     BIGINT PRIMARY KEY CHECK (only_one = 1),
    id           BYTEA  NOT NULL CHECK (length(id) = 16),
    created_at   BIGINT NOT NULL
);

-- What may be used once, of every kind. Secrets are kept as digests (base64url of SHA-256).
CREATE TABLE once (
    kind         TEXT   NOT NULL,
    digest       TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    state        BYTEA,
    issued_at    BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    PRIMARY KEY (kind, digest)
);
CREATE INDEX once_expires ON once (expires_at);
CREATE INDEX once_open ON once (kind, subject) WHERE used_at IS NULL;
