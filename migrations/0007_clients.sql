-- Clients: secrets, rotation, approval, and an end. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- `disabled_at` shuts every door; these say why it is set. A deleted client stays as a row: consents and the ledger
-- name it, and no other client is ever given its id.
ALTER TABLE oauth_client ADD COLUMN awaits_since BIGINT;
ALTER TABLE oauth_client ADD COLUMN deleted_at BIGINT;

-- Keys put in place of the manifest's by a rotation (JWKS), and those before, good until then.
ALTER TABLE oauth_client ADD COLUMN jwks TEXT;
ALTER TABLE oauth_client ADD COLUMN former_jwks TEXT;
ALTER TABLE oauth_client ADD COLUMN former_until BIGINT;

-- What the manifest says it may ask for (JSON list), where the gate finds it without reading manifests. NULL for
-- clients registered by an older version: then the manifest is read.
ALTER TABLE oauth_client ADD COLUMN purposes TEXT;

-- Secrets of ordinary clients, as digests (base64url of SHA-256; a secret is 256 random bits). The one in force has
-- no end; the one before it may be good for a while after a rotation.
CREATE TABLE oauth_client_secret (
    client        TEXT   NOT NULL REFERENCES oauth_client (id),
    digest        TEXT   NOT NULL,
    made_at       BIGINT NOT NULL,
    expires_at    BIGINT,
    PRIMARY KEY (client, digest)
);
CREATE UNIQUE INDEX oauth_client_secret_current ON oauth_client_secret (client) WHERE expires_at IS NULL;
