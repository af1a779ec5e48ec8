-- The protocol. Secrets that others hold (codes, handles, tokens) are kept as digests; what may be used once is
-- judged by the table `once` alone.

-- Registered clients. The manifest is kept as the operator wrote it; registering an id again replaces it.
CREATE TABLE oauth_client (
    id            TEXT   PRIMARY KEY,
    manifest      TEXT   NOT NULL,
    registered_at BIGINT NOT NULL,
    disabled_at   BIGINT
);

-- What a client asks of a resident, from the push (or the first sight) until the answer.
CREATE TABLE oauth_request (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    client        TEXT   NOT NULL REFERENCES oauth_client (id),
    -- Of the handle; what consumes it in `once` has answered the request.
    handle        TEXT   NOT NULL UNIQUE,
    -- JSON: the request as it was checked. Nothing in it is about a resident.
    asked         TEXT   NOT NULL,
    made_at       BIGINT NOT NULL,
    -- The browser that opened it first, and no other one may go on with it.
    browser       TEXT,
    opened_at     BIGINT,
    -- Whether the resident said yes (1) or no (0), once she has answered.
    agreed        BIGINT CHECK (agreed IN (0, 1))
);
CREATE INDEX oauth_request_made ON oauth_request (made_at);

-- What a resident allowed a client; code and tokens hang from it.
CREATE TABLE oauth_grant (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    client        TEXT   NOT NULL REFERENCES oauth_client (id),
    resident      TEXT   NOT NULL,
    consent       TEXT   NOT NULL,
    purpose       TEXT   NOT NULL,
    -- JSON lists: what may be read, and all that was asked for.
    claims        TEXT   NOT NULL,
    asked         TEXT   NOT NULL,
    scope         TEXT   NOT NULL,
    redirect_uri  TEXT   NOT NULL,
    challenge     TEXT   NOT NULL,
    nonce         TEXT,
    dpop_jkt      TEXT,
    signed_in_at  BIGINT NOT NULL,
    made_at       BIGINT NOT NULL,
    ended_at      BIGINT,
    ended_why     TEXT
);
CREATE INDEX oauth_grant_consent ON oauth_grant (consent);

CREATE TABLE oauth_token (
    digest        TEXT   PRIMARY KEY,
    kind          TEXT   NOT NULL CHECK (kind IN ('access', 'refresh')),
    grant_id      TEXT   NOT NULL REFERENCES oauth_grant (id) ON DELETE CASCADE,
    scope         TEXT   NOT NULL,
    -- Thumbprint of the key it is bound to; none for a bearer token.
    jkt           TEXT,
    issued_at     BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    ended_at      BIGINT
);
CREATE INDEX oauth_token_grant ON oauth_token (grant_id);
CREATE INDEX oauth_token_expires ON oauth_token (expires_at);
