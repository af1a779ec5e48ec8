-- When what was written in an emergency was deleted, half a year after its review. Read by SQLite and PostgreSQL alike (see
-- 0001_start.sql).
ALTER TABLE emergency ADD COLUMN words_gone_at BIGINT;
