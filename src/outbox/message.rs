//! A message on its way, and how it stands.

use serde_json::{Map, Value};

use super::Event;
use crate::clock::Timestamp;
use crate::ids::{ClientId, ResidentId};

/// How a client is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// Posted to its endpoint for events (RFC 8935).
    Push,
    /// Fetched by it (RFC 8936).
    Poll,
    /// Posted to its endpoint for logouts (OpenID Connect Back-Channel Logout 1.0 §2.5).
    Logout,
}

impl Way {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Poll => "poll",
            Self::Logout => "logout",
        }
    }

    /// The way of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Push, Self::Poll, Self::Logout].into_iter().find(|way| way.word() == word)
    }
}

/// One endpoint of one client: what stands in line there holds up nobody else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Channel {
    /// Whose.
    pub client: ClientId,
    /// Which.
    pub way: Way,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its name, in every attempt the same.
    pub jti: String,
    /// Whom to tell.
    pub client: ClientId,
    /// What happened.
    pub event: Event,
    /// About whom, as long as it is not delivered and the resident not erased.
    pub resident: Option<ResidentId>,
    /// What the client calls her; known once it was sorted.
    pub subject: Option<String>,
    /// What the event says besides.
    pub facts: Map<String, Value>,
    /// The request that caused it.
    pub txn: Option<String>,
    /// When it happened.
    pub made_at: Timestamp,
    /// When it was last put in line: when it happened, or when the operator had it tried again.
    pub since: Timestamp,
    /// How the client wants it, once somebody has looked.
    pub way: Option<Way>,
    /// Attempts that failed.
    pub tries: i64,
    /// Why the last one failed: a fixed word.
    pub failed: Option<String>,
    /// Whether it is delivered, dead or neither.
    pub standing: Standing,
}

/// How a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not delivered yet.
    Open,
    /// Delivered.
    Done,
    /// Given up.
    Dead,
}

/// A node's claim on messages: the others keep away until it ends.
#[derive(Debug, Clone)]
pub struct Lease {
    /// Its name.
    pub name: String,
    /// Its end.
    pub until: Timestamp,
}

/// How many messages there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Not delivered yet.
    pub open: i64,
    /// Given up.
    pub dead: i64,
}
