-- More may become of a consent. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- A CHECK cannot be changed where it is: the events move house, every byte of them as it was (their hashes cover it).
CREATE TABLE consent_event_next (
    record       TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    -- As the Data Privacy Vocabulary names them; superseded, paused and resumed are ours.
    type         TEXT   NOT NULL CHECK (type IN ('given', 'superseded', 'paused', 'resumed', 'withdrawn', 'expired',
                                                 'revoked', 'invalidated', 'deferred', 'refused')),
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
    body         BYTEA,
    -- JSON: claims that the resident gives in a lower form than was asked for, each with that form. NULL: none.
    lowered      TEXT,
    PRIMARY KEY (record, seq)
);
INSERT INTO consent_event_next
    SELECT record, seq, type, at, actor, channel, resident, client, purpose, claims, valid_until, position, previous,
           hash, body, NULL
      FROM consent_event;
DROP TABLE consent_event;
ALTER TABLE consent_event_next RENAME TO consent_event;

CREATE TABLE consent_current_next (
    record       TEXT   PRIMARY KEY,
    resident     TEXT   NOT NULL,
    client       TEXT   NOT NULL,
    purpose      TEXT   NOT NULL,
    claims       TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('given', 'superseded', 'withdrawn', 'expired', 'revoked',
                                                  'invalidated', 'deferred', 'refused')),
    given_at     BIGINT NOT NULL,
    valid_until  BIGINT NOT NULL,
    ended_at     BIGINT,
    seq          BIGINT NOT NULL,
    lowered      TEXT,
    -- Nothing may be read while it is set.
    paused_at    BIGINT
);
INSERT INTO consent_current_next
    SELECT record, resident, client, purpose, claims, state, given_at, valid_until, ended_at, seq, NULL, NULL
      FROM consent_current;
DROP TABLE consent_current;
ALTER TABLE consent_current_next RENAME TO consent_current;
CREATE INDEX consent_current_resident ON consent_current (resident, given_at);
CREATE INDEX consent_current_open ON consent_current (resident, client, purpose) WHERE ended_at IS NULL;
CREATE INDEX consent_current_ending ON consent_current (valid_until) WHERE ended_at IS NULL;
