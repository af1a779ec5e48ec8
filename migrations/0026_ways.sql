-- Ways to reach residents outside the portal. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

CREATE TABLE courier_way (
    resident     TEXT   NOT NULL,
    way          TEXT   NOT NULL CHECK (way IN ('mail', 'phone')),
    -- She wants nothing by this way.
    off_at       BIGINT,
    -- The version of the sealed e-mail address that somebody who reads its mail has confirmed.
    confirmed    BIGINT,
    PRIMARY KEY (resident, way)
);

-- Each way of a message is done once.
ALTER TABLE inbox_message ADD COLUMN mailed_at BIGINT;
ALTER TABLE inbox_message ADD COLUMN texted_at BIGINT;
