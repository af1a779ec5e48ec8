-- What /transparency says of a month that is over. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- Figures that count residents, and those by app: made once, when the month is over, small numbers taken out already.
-- Nothing that happens or is erased later changes a row.
CREATE TABLE transparency_month (
    -- YYYY-MM, of the community's time zone.
    month        TEXT   PRIMARY KEY CHECK (length(month) = 7),
    closed_at    BIGINT NOT NULL,
    body         TEXT   NOT NULL
);

-- Entries that were not as they were written when they should have been counted, or were missing.
ALTER TABLE transparency_progress ADD COLUMN unread BIGINT NOT NULL DEFAULT 0;

-- The figures have another form now; the next sweep makes them.
DELETE FROM transparency_figures;
