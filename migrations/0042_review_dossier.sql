-- The auditors' case files. Read by SQLite and PostgreSQL alike (see 0001_start.sql). Titles and notes are sealed under the
-- auditors' key. Rows are never changed, but for the closing of a file, and never deleted.

CREATE TABLE review_dossier (
    id        TEXT   PRIMARY KEY CHECK (length(id) = 32),
    title     BYTEA  NOT NULL,
    opened_by TEXT   NOT NULL REFERENCES person (id),
    opened_at BIGINT NOT NULL,
    closed_by TEXT   REFERENCES person (id),
    closed_at BIGINT
);

-- A note is named by the entry of the ledger that tells of it, which holds the SHA-256 of what lies here.
CREATE TABLE review_dossier_note (
    dossier  TEXT   NOT NULL REFERENCES review_dossier (id),
    position BIGINT NOT NULL,
    author   TEXT   NOT NULL REFERENCES person (id),
    at       BIGINT NOT NULL,
    body     BYTEA  NOT NULL,
    PRIMARY KEY (dossier, position)
);

-- Entries of the ledger that belong to a file.
CREATE TABLE review_dossier_entry (
    dossier  TEXT   NOT NULL REFERENCES review_dossier (id),
    position BIGINT NOT NULL,
    added_by TEXT   NOT NULL REFERENCES person (id),
    added_at BIGINT NOT NULL,
    PRIMARY KEY (dossier, position)
);
