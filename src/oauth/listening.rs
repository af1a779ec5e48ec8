//! How a client is told of what happens elsewhere: where residents go after signing out, where logout tokens and
//! events are posted, or that it fetches them.

use url::Url;

/// How a client gets events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// They are posted there (RFC 8935).
    Push(Url),
    /// It fetches them (RFC 8936).
    Poll,
}

/// What a client listens to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listening {
    /// Where a resident may be sent after signing out (OpenID Connect RP-Initiated Logout 1.0 §3.1).
    pub post_logout_redirect_uris: Vec<String>,
    /// Where logout tokens are posted (OpenID Connect Back-Channel Logout 1.0 §2.2).
    pub backchannel_logout: Option<Url>,
    /// How it gets events, if it wants any.
    pub events: Option<Delivery>,
}
