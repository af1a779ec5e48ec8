-- What the two hands approved, sealed under the auditors' key: the columns beside it can refuse, and cannot widen.
ALTER TABLE vault_emergency ADD COLUMN opened BYTEA;
