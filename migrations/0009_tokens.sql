-- How families of tokens end, all at once.

-- Raised by every act that puts everything out that was let in for a resident: "sign out everywhere", a passkey that
-- is removed, a recovery, a lock. A grant keeps the number it was made under, and is dead under any other: so nothing
-- that was under way at that moment survives it, on whatever node.
ALTER TABLE resident ADD COLUMN stamp BIGINT NOT NULL DEFAULT 0;
ALTER TABLE oauth_grant ADD COLUMN stamp BIGINT NOT NULL DEFAULT 0;

-- What a used thing left behind for whoever presents it again: half a minute, then it is wiped.
CREATE INDEX once_left_behind ON once (kind, used_at) WHERE state IS NOT NULL AND used_at IS NOT NULL;
