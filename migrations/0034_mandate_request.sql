-- For whom a question is answered. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- Whoever answers an app's question may answer it for somebody who gave her leave: by which mandate, for this question.
CREATE TABLE mandate_request (
    request      TEXT   PRIMARY KEY CHECK (length(request) = 32),
    mandate      TEXT   NOT NULL REFERENCES mandate (id),
    at           BIGINT NOT NULL
);
