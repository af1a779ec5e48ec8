-- What a witness says against this ledger stays said until the witness itself signs this ledger again. Read by SQLite and
-- PostgreSQL alike (see 0001_start.sql).

-- `ahead` or `forked`; NULL when it says nothing of the kind. `trouble` is the last attempt's alone, so that a witness that
-- cannot be reached after it disagreed is not taken for one that is merely away.
ALTER TABLE witness ADD COLUMN disputes TEXT;
-- Since when.
ALTER TABLE witness ADD COLUMN disputes_since BIGINT;
UPDATE witness SET disputes = trouble, disputes_since = asked_at WHERE trouble IN ('ahead', 'forked');
