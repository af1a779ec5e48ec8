-- Auditors who ask who somebody is. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- What was asked, and the signature under it, are sealed under the auditors' key; so is the approval. No column leads to a
-- resident: an alias does so only by her log key.
CREATE TABLE review_name (
    id          TEXT   PRIMARY KEY CHECK (length(id) = 32),
    asked_by    TEXT   NOT NULL REFERENCES person (id),
    asked_at    BIGINT NOT NULL,
    asked       BYTEA  NOT NULL,
    approved_by TEXT   REFERENCES person (id) CHECK (approved_by <> asked_by),
    approved_at BIGINT,
    approval    BYTEA,
    ended_at    BIGINT,
    ended_by    TEXT   REFERENCES person (id),
    outcome     TEXT   CHECK (outcome IN ('opened', 'cancelled'))
);
