-- The auditors' work. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- What was counted of 4,096 entries, once, sealed under the auditors' key: entries do not change, so neither does this.
CREATE TABLE review_block (
    block  BIGINT PRIMARY KEY CHECK (block >= 0),
    sealed BYTEA  NOT NULL
);
