-- What clients are told: security event tokens (RFC 8417) and logout tokens (OpenID Connect Back-Channel Logout 1.0).

-- A session's sign-in to a client. The name `sid` is random and the client's alone: two clients cannot find out by it
-- that one browser signed in to both.
CREATE TABLE resident_sign_on (
    sid TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    resident TEXT NOT NULL,
    client TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- When an ID token first carried it: from then on the client is told of the session's end.
    told_at BIGINT,
    ended_at BIGINT,
    UNIQUE (session, client)
);
CREATE INDEX resident_sign_on_resident ON resident_sign_on (resident) WHERE ended_at IS NULL;

-- In which sign-in a grant was made; none for grants that were made elsewhere.
ALTER TABLE oauth_grant ADD COLUMN sid TEXT;

-- What is to be told, written in the transaction of the act. `way`: how its client wants it (push, poll, logout), once
-- somebody has looked. `resident` stands there as long as it is not delivered, `subject` is what the client calls her.
CREATE TABLE outbox (
    jti TEXT PRIMARY KEY,
    client TEXT NOT NULL,
    event TEXT NOT NULL,
    resident TEXT,
    subject TEXT,
    facts TEXT NOT NULL,
    txn TEXT,
    made_at BIGINT NOT NULL,
    way TEXT,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    -- One node at a time: its name for this attempt, and until when the others keep away.
    lease TEXT,
    leased_until BIGINT,
    -- Why the last attempt failed: a fixed word.
    failed TEXT,
    done_at BIGINT,
    dead_at BIGINT,
    -- When the operator last had it tried again.
    retried_at BIGINT
);
CREATE INDEX outbox_open ON outbox (client, way, due_at) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_over ON outbox (done_at) WHERE done_at IS NOT NULL;
