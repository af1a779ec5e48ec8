-- Corrections, and choices that are remembered. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- By whose hand a field was last written: the actor's word, as its entry has it. What is here came from rosters.
ALTER TABLE vault_field ADD COLUMN source TEXT NOT NULL DEFAULT 'operator';

-- How a resident wants her pages: in clear, because every page needs it before anything may be opened. What partners
-- may be given of it (the claims `language` and `ui_profile`) lies sealed in the vault like the rest.
ALTER TABLE resident ADD COLUMN language TEXT;
ALTER TABLE resident ADD COLUMN mode TEXT;
