//! What residents are told: messages in their portal, and outside it where a way is configured.
//!
//! A message is a word and where it leads to, written in the transaction of the act it tells of ([`put`]). The sentence
//! is made of it when it is read, in the language of whoever reads; so no message can hold a value of anybody's data.

mod store;
mod word;

pub use store::{count_unread, latest, read_all};
pub use word::Word;

use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, MessageId, ResidentId};

/// Something a resident is told.
#[derive(Debug, Clone)]
pub struct Tell<'a> {
    /// Who is told.
    pub resident: &'a ResidentId,
    /// What happened.
    pub word: Word,
    /// The client it is about, if one.
    pub client: Option<&'a ClientId>,
    /// The id of the record it leads to, if there is one: a consent, a case, a mandate.
    pub about: Option<&'a str>,
}

/// A message as it lies in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// What happened; `None` for a word that this version does not know.
    pub word: Option<Word>,
    /// The client it is about.
    pub client: Option<ClientId>,
    /// The record it leads to.
    pub about: Option<String>,
    /// When, Unix seconds.
    pub at: i64,
    /// Whether she has opened the inbox since.
    pub is_read: bool,
}

/// Puts a message into a resident's inbox, in the transaction of the act it tells of.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, tell: &Tell<'_>, now: Timestamp) -> Result<(), Fault> {
    let id: MessageId = random::id()?;
    store::insert(tx, &id, tell, now).await
}

/// Tells many of them, in one statement.
///
/// # Errors
/// When the database fails.
pub async fn put_all(tx: &mut Tx, all: &[Tell<'_>], now: Timestamp) -> Result<(), Fault> {
    let ids: Vec<MessageId> = all.iter().map(|_| random::id()).collect::<Result<_, _>>()?;
    store::insert_all(tx, &ids, all, now).await
}
