-- The access log. `leaf` is public; `detail` and `review` are sealed; `tag` repeats the leaf's tag, by which a
-- resident's log key (and nothing else) finds her entries.
CREATE TABLE ledger_entry (
    position     BIGINT PRIMARY KEY,
    leaf         BYTEA  NOT NULL CHECK (length(leaf) = 102),
    tag          BYTEA  NOT NULL CHECK (length(tag) = 32),
    detail       BYTEA  NOT NULL,
    review       BYTEA  NOT NULL
);
CREATE UNIQUE INDEX ledger_entry_tag ON ledger_entry (tag);

-- One row: how many entries there are. Held by everything that decides or changes a basis.
CREATE TABLE ledger_head (
    only_one     BIGINT PRIMARY KEY CHECK (only_one = 1),
    size         BIGINT NOT NULL
);
INSERT INTO ledger_head (only_one, size) VALUES (1, 0);

-- The hashes of the tree, by their index in the storage order of RFC 6962 trees (tlog): made behind the log.
CREATE TABLE ledger_hash (
    at           BIGINT PRIMARY KEY,
    hash         BYTEA  NOT NULL CHECK (length(hash) = 32)
);

-- Every checkpoint that was ever signed (C2SP tlog-checkpoint, a signed note).
CREATE TABLE ledger_checkpoint (
    size         BIGINT PRIMARY KEY,
    root         BYTEA  NOT NULL CHECK (length(root) = 32),
    note         TEXT   NOT NULL,
    signed_at    BIGINT NOT NULL
);

-- Keys of residents, wrapped under an epoch's key. `counter` is how many entries there are about the resident.
CREATE TABLE resident_key (
    resident     TEXT   PRIMARY KEY,
    rk_version   BIGINT NOT NULL,
    wrapped_rk   BYTEA,
    wrapped_lk   BYTEA  NOT NULL,
    counter      BIGINT NOT NULL
);
