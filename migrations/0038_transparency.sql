-- What /transparency says: counted behind the ledger, never on a request. Read by SQLite and PostgreSQL alike (see
-- 0001_start.sql).

-- Entries by month of the community's time zone (YYYY-MM), number of the kind in the leaf, and client; '' for all.
CREATE TABLE transparency_tally (
    month        TEXT   NOT NULL,
    kind         BIGINT NOT NULL,
    client       TEXT   NOT NULL,
    count        BIGINT NOT NULL,
    PRIMARY KEY (month, kind, client)
);

-- One row: how far it has counted.
CREATE TABLE transparency_progress (
    only_one     BIGINT PRIMARY KEY CHECK (only_one = 1),
    position     BIGINT NOT NULL
);
INSERT INTO transparency_progress (only_one, position) VALUES (1, 0);

-- One row: what the page says, small numbers taken out already.
CREATE TABLE transparency_figures (
    only_one     BIGINT PRIMARY KEY CHECK (only_one = 1),
    made_at      BIGINT NOT NULL,
    body         TEXT   NOT NULL
);
