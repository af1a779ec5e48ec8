-- Tokens may be bound to a client certificate in place of a key (RFC 8705 section 3): its x5t#S256.
ALTER TABLE oauth_token ADD COLUMN x5t TEXT;
