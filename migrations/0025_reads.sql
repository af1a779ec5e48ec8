-- How often an app reads, so that a resident is told of the first time and of what is not as usual. Read by SQLite and
-- PostgreSQL alike (see 0001_start.sql).

-- One row for each consent and day (days since 1970 in the community's time zone) on which something was read. `night`:
-- how many of the reads came between 23:00 and 06:00. `told_at`: when she was told that this day is not as usual.
CREATE TABLE vault_reads (
    consent      TEXT   NOT NULL,
    day          BIGINT NOT NULL,
    reads        BIGINT NOT NULL,
    night        BIGINT NOT NULL,
    told_at      BIGINT,
    PRIMARY KEY (consent, day)
);
CREATE INDEX vault_reads_day ON vault_reads (day);
