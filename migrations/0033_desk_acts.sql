-- What is done at the desk. Read by SQLite and PostgreSQL alike (see 0001_start.sql).

-- Each search of staff, found or not: so many an hour and no more.
CREATE TABLE desk_look (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    person        TEXT   NOT NULL REFERENCES person (id),
    at            BIGINT NOT NULL,
    refused       BIGINT NOT NULL CHECK (refused IN (0, 1))
);
CREATE INDEX desk_look_of ON desk_look (person, at);

-- One resident before one member of staff, for half an hour. `label` is sealed: how the page calls her.
CREATE TABLE desk_sitting (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    person        TEXT   NOT NULL REFERENCES person (id),
    resident      TEXT   NOT NULL REFERENCES resident (id),
    label         BYTEA  NOT NULL,
    opened_at     BIGINT NOT NULL,
    ends_at       BIGINT NOT NULL,
    ended_at      BIGINT,
    -- Staff stopped it because somebody was being pressed.
    pressed       BIGINT NOT NULL DEFAULT 0
);

-- Something staff prepared. It is done when the resident confirms it, or a second member of staff bears witness.
CREATE TABLE desk_act (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    sitting       TEXT   NOT NULL,
    resident      TEXT   NOT NULL REFERENCES resident (id),
    person        TEXT   NOT NULL REFERENCES person (id),
    kind          TEXT   NOT NULL CHECK (kind IN ('enrol', 'card', 'consent', 'undo')),
    -- Of the token in its QR code; `body` is sealed and has the token and what is to be done.
    digest        TEXT   NOT NULL UNIQUE,
    body          BYTEA  NOT NULL,
    asked_at      BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    settled_at    BIGINT,
    outcome       TEXT   CHECK (outcome IN ('done', 'refused', 'stopped')),
    way           TEXT   CHECK (way IN ('phone', 'card', 'witness')),
    witness       TEXT   REFERENCES person (id),
    -- What came of it: a consent, a card.
    record        TEXT,
    undo_until    BIGINT,
    undone_at     BIGINT,
    -- The resident said that it was not her own will.
    pressed       BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX desk_act_of ON desk_act (resident, asked_at);
CREATE INDEX desk_act_by ON desk_act (person, asked_at);
CREATE INDEX desk_act_open ON desk_act (expires_at) WHERE settled_at IS NULL;

-- A card and a secret number, for whoever has no phone. `secret` is sealed: salt and PBKDF2 of the number.
CREATE TABLE desk_card (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    resident      TEXT   NOT NULL REFERENCES resident (id),
    code          TEXT   NOT NULL UNIQUE,
    secret        BYTEA  NOT NULL,
    tries         BIGINT NOT NULL DEFAULT 0,
    issued_at     BIGINT NOT NULL,
    ended_at      BIGINT
);
CREATE INDEX desk_card_of ON desk_card (resident) WHERE ended_at IS NULL;

-- A resident who lost every key: two members of staff, and a wait in which she can say that it is not her.
CREATE TABLE desk_recovery (
    id            TEXT   PRIMARY KEY CHECK (length(id) = 32),
    resident      TEXT   NOT NULL REFERENCES resident (id),
    label         BYTEA  NOT NULL,
    begun_by      TEXT   NOT NULL REFERENCES person (id),
    begun_at      BIGINT NOT NULL,
    seconded_by   TEXT   REFERENCES person (id),
    seconded_at   BIGINT,
    ready_at      BIGINT,
    ended_at      BIGINT,
    outcome       TEXT   CHECK (outcome IN ('done', 'stopped', 'lapsed'))
);
CREATE UNIQUE INDEX desk_recovery_open ON desk_recovery (resident) WHERE ended_at IS NULL;
