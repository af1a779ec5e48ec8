-- Resource servers of clients' own (class `resource_server` in their manifest), by the identifier that tokens for them
-- name as their audience.
CREATE TABLE oauth_resource (
    resource      TEXT   PRIMARY KEY,
    client        TEXT   NOT NULL UNIQUE REFERENCES oauth_client (id) ON DELETE CASCADE
);

-- JSON list: for which resources the client asked (RFC 8707); none is the vault and userinfo.
ALTER TABLE oauth_grant ADD COLUMN resources TEXT NOT NULL DEFAULT '[]';
-- Whether the client asked for a kind or an age of sign-in: then its resource servers are told both.
ALTER TABLE oauth_grant ADD COLUMN sign_in_asked BIGINT NOT NULL DEFAULT 0;

-- The resource that a token is for; none is the vault and userinfo.
ALTER TABLE oauth_token ADD COLUMN resource TEXT;
