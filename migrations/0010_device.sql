-- Device authorization (RFC 8628): a screen without a keyboard asks, a resident answers on her own phone. Whether a
-- device code or a user code was used is judged by the table `once` alone.

CREATE TABLE oauth_device (
    id               TEXT   PRIMARY KEY CHECK (length(id) = 32),
    client           TEXT   NOT NULL REFERENCES oauth_client (id),
    -- Of the device code, and of the user code (keyed: eight letters could be guessed from a plain digest).
    device_code      TEXT   NOT NULL,
    user_code        TEXT   NOT NULL,
    -- JSON: the request as it was checked. Nothing in it is about a resident.
    asked            TEXT   NOT NULL,
    made_at          BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL,
    -- How long the device must wait between two polls. When it polled last is in milliseconds: rounded to seconds, a
    -- device that keeps the interval would sometimes look too fast.
    interval_seconds BIGINT NOT NULL,
    polled_ms        BIGINT,
    -- The browser in which the code was entered last, and no other one may go on with it.
    browser          TEXT,
    opened_at        BIGINT,
    -- What the resident said: yes (1) or no (0). A yes that cannot be redeemed any more becomes a no.
    agreed           BIGINT CHECK (agreed IN (0, 1)),
    answered_at      BIGINT,
    grant_id         TEXT
);
CREATE INDEX oauth_device_expires ON oauth_device (expires_at);

-- Wrong user codes within an hour, for each browser, session and network: all nodes count together. Whom a row is
-- about cannot be read from it.
CREATE TABLE oauth_device_guess (
    who              TEXT   PRIMARY KEY,
    since            BIGINT NOT NULL,
    count            BIGINT NOT NULL CHECK (count >= 0)
);
CREATE INDEX oauth_device_guess_since ON oauth_device_guess (since);
