-- What was agreed. `consent_event` is append-only and is the truth; `consent_current` is one row per record,
-- written in the same transaction, and can be rebuilt from the events.
CREATE TABLE consent_event (
    record       TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    type         TEXT   NOT NULL CHECK (type IN ('given', 'superseded', 'withdrawn', 'expired')),
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    channel      TEXT   NOT NULL,
    resident     TEXT   NOT NULL,
    client       TEXT   NOT NULL,
    purpose      TEXT   NOT NULL,
    claims       TEXT   NOT NULL,
    valid_until  BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    previous     BYTEA  NOT NULL,
    hash         BYTEA  NOT NULL CHECK (length(hash) = 32),
    -- Sealed under the resident's log key: the notice as shown, names and contact, the receipt.
    body         BYTEA,
    PRIMARY KEY (record, seq)
);

CREATE TABLE consent_current (
    record       TEXT   PRIMARY KEY,
    resident     TEXT   NOT NULL,
    client       TEXT   NOT NULL,
    purpose      TEXT   NOT NULL,
    claims       TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('given', 'superseded', 'withdrawn', 'expired')),
    given_at     BIGINT NOT NULL,
    valid_until  BIGINT NOT NULL,
    ended_at     BIGINT,
    seq          BIGINT NOT NULL
);
CREATE INDEX consent_current_resident ON consent_current (resident, given_at);
-- Not unique: nothing may stand in the way of a new consent after an expiry that no sweeper has entered yet.
CREATE INDEX consent_current_open ON consent_current (resident, client, purpose) WHERE ended_at IS NULL;
CREATE INDEX consent_current_ending ON consent_current (valid_until) WHERE ended_at IS NULL;
