-- The personal data: one row a field, sealed under the resident's data key. `position` is the ledger entry that
-- wrote it, which commits to the SHA-256 of `sealed`: an older ciphertext put back is found.
CREATE TABLE vault_field (
    resident     TEXT   NOT NULL,
    field        TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    sealed       BYTEA  NOT NULL,
    position     BIGINT NOT NULL,
    written_at   BIGINT NOT NULL,
    PRIMARY KEY (resident, field)
);

-- Blind indexes (HMAC under a key per field). They leak equality: that two residents share a phone, nothing else.
CREATE TABLE resident_index (
    field        TEXT   NOT NULL CHECK (field IN ('document', 'phone', 'fingerprint')),
    digest       TEXT   NOT NULL,
    resident     TEXT   NOT NULL,
    PRIMARY KEY (field, digest, resident)
);
CREATE UNIQUE INDEX resident_index_unique ON resident_index (field, digest) WHERE field <> 'phone';
CREATE INDEX resident_index_resident ON resident_index (resident);

-- How many flats a building has, counted in clear at imports: below twenty, a building is never released.
CREATE TABLE community_building (
    building     TEXT   PRIMARY KEY,
    flats        BIGINT NOT NULL,
    -- Since when there are enough: a consent given before was shown the community and gets no more than that.
    enough_since BIGINT
);
