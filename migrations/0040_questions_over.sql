-- Finding what is over. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- For whom questions were answered is forgotten a day later, and with either of the two.
CREATE INDEX mandate_request_at ON mandate_request (at);
CREATE INDEX mandate_request_of ON mandate_request (mandate);
