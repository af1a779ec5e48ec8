-- Where the newest step of a case file stands in the ledger; each step's entry names the one before it. Files that were opened
-- before there was this column have none. Read by SQLite and PostgreSQL alike (see 0001_start.sql).
ALTER TABLE review_dossier ADD COLUMN last BIGINT;
