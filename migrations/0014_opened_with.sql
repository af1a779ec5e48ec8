-- The session that was there when a request was opened: a sign-in that is asked for (`prompt=login`) is another one.
-- Times alone cannot tell: they are whole seconds.
ALTER TABLE oauth_request ADD COLUMN opened_session TEXT;
