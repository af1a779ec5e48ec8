//! A failure of ours: database, key, template. Logged once with its cause, never shown.

/// What went wrong on our side. The outside sees "server error" and a request id, nothing of this.
///
/// The words are `&'static str`: no value of a resident can be formatted into a fault.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database refused, failed or is not there.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(&'static str, #[source] std::io::Error),
    /// A key is missing, readable by others, or does not fit what it should open.
    #[error("key: {0}")]
    Key(&'static str),
    /// Sealed data did not open: altered, moved, or sealed under another key.
    #[error("sealed data did not open: {0}")]
    Sealed(&'static str),
    /// Stored data do not read as what they should be.
    #[error("stored data: {0}")]
    Stored(&'static str),
    /// The ledger contradicts itself or its last checkpoint.
    #[error("ledger: {0}")]
    Ledger(&'static str),
    /// The entry could not be made durable in time: nothing was opened (vault-and-ledger 4.1).
    #[error("audit unavailable: {0}")]
    AuditUnavailable(&'static str),
    /// A library said no where it should not.
    #[error("internal: {0}")]
    Internal(&'static str),
}

impl Fault {
    /// Whether trying again later may help: the caller is told 503 rather than 500.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Database(_) | Self::AuditUnavailable(_))
    }

    /// Whether it comes of single records that contradict themselves, and not of a database that serves nobody.
    #[must_use]
    pub fn is_about_records(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(refused)) => refused.is_unique_violation(),
            Self::Database(_) | Self::AuditUnavailable(_) => false,
            _ => true,
        }
    }
}
