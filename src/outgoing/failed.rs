//! Why nothing came back. Fixed words: nothing of an address or an answer gets into a log or a table.

/// Why an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// Not a URL that is spoken to: another scheme than https, a user in it, no host.
    #[error("not an address that is spoken to")]
    Address,
    /// The host, or every address that its name has, is of a network that is not reached.
    #[error("the address is of a network that is not reached")]
    Barred,
    /// The name has no address.
    #[error("the name has no address")]
    Unresolved,
    /// No connection, or no TLS that is trusted.
    #[error("no connection that is trusted")]
    Unreachable,
    /// It took too long.
    #[error("it took too long")]
    Slow,
    /// It answered with another address. Redirects are not followed.
    #[error("it led elsewhere")]
    Redirected,
    /// It answered with another status than it should.
    #[error("it answered with another status")]
    Status(u16),
    /// The answer was longer than it may be; the rest was not read.
    #[error("the answer is too long")]
    TooLong,
    /// The connection broke, or what came was not HTTP.
    #[error("the connection broke")]
    Broken,
    /// This service could not make its own half.
    #[error("this service could not ask")]
    Ours,
}

impl Failed {
    /// One word, for tables and logs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Barred => "barred",
            Self::Unresolved => "unresolved",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::Redirected => "redirected",
            Self::Status(_) => "status",
            Self::TooLong => "too_long",
            Self::Broken => "broken",
            Self::Ours => "ours",
        }
    }
}
