//! Orders to delete: withdrawn means gone, at the client too (PIPL 47).
//!
//! 1. When a consent ends (or is narrowed), the same transaction makes an order ([`place`]): what to delete, by which day.
//!    The signed event that tells the client of the end carries it.
//! 2. The client answers at a door of its own ([`receive`]): deleted, or kept because a law wants it so, which law it is
//!    and until when. What it kept it may report deleted later.
//! 3. Whoever says nothing by the day is found by the sweeper ([`find_silent`]); the resident is told, and the client's
//!    record says so for ever, though it answer late.
//! 4. She who gives the same again before that lifts the order ([`lift`]).

mod receipt;
mod silence;
mod store;

pub use receipt::{Receipt, Refusal, Said, receive};
pub use silence::find_silent;
pub use store::{Tally, forget_resident, of_client, of_record, of_resident, tally};

use std::time::Duration;

use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, OrderId, ResidentId};

/// Why something has to be deleted. The words stand in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The resident withdrew her consent.
    Withdrawn,
    /// It ran out.
    Expired,
    /// It ended for another reason than her word.
    Revoked,
    /// She replaced it by a smaller one.
    Narrowed,
}

impl Reason {
    const ALL: [Self; 4] = [Self::Withdrawn, Self::Expired, Self::Revoked, Self::Narrowed];

    /// The word in the table and in events.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Narrowed => "narrowed",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// How an order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// No answer yet; there is time.
    Open,
    /// No answer, and the day is over.
    Silent,
    /// The client says that it is deleted, since this moment (Unix seconds).
    Deleted(i64),
    /// The client says, since this moment, that a law makes it keep some of it.
    Kept {
        /// Since when it says so, Unix seconds.
        at: i64,
        /// Which claims.
        claims: Vec<String>,
        /// The code of the law, one of `catalogue/bases.toml`.
        law: String,
        /// Until when it keeps them, Unix seconds, if it said.
        until: Option<i64>,
    },
    /// She gave the same again before there was an answer.
    Lifted,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id, which the client answers with.
    pub id: OrderId,
    /// The consent record that it is about.
    pub record: ConsentId,
    /// Who has to delete.
    pub client: ClientId,
    /// Whose information; nobody's, once she is erased.
    pub resident: Option<ResidentId>,
    /// What it was given for.
    pub purpose: String,
    /// The names of the claims.
    pub claims: Vec<String>,
    /// Why.
    pub reason: Reason,
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// By when it is to be answered, Unix seconds.
    pub due_at: i64,
    /// How it stands.
    pub standing: Standing,
    /// Whether its day passed without an answer, though one may have come later.
    pub was_silent: bool,
}

/// What an order is made of.
#[derive(Debug)]
pub struct Ended<'a> {
    /// The consent record.
    pub record: &'a ConsentId,
    /// Whose it was.
    pub resident: &'a ResidentId,
    /// Who has to delete.
    pub client: &'a ClientId,
    /// What it was given for.
    pub purpose: &'a str,
    /// What is to be deleted.
    pub claims: &'a [String],
    /// Why.
    pub reason: Reason,
}

/// Orders a client to delete, in the transaction of the act.
///
/// # Errors
/// When the database fails; the act must not be done then.
pub async fn place(tx: &mut Tx, app: &App, ended: &Ended<'_>) -> Result<Order, Fault> {
    let now = app.now();
    let due = now.plus(Duration::from_secs(u64::from(app.config.orders.due_days) * 86_400));
    let order = Order {
        id: random::id()?,
        record: ended.record.clone(),
        client: ended.client.clone(),
        resident: Some(ended.resident.clone()),
        purpose: ended.purpose.to_owned(),
        claims: ended.claims.to_vec(),
        reason: ended.reason,
        made_at: now.seconds(),
        due_at: due.seconds(),
        standing: Standing::Open,
        was_silent: false,
    };
    store::insert(tx, &order).await?;
    Ok(order)
}

/// She gave a client these claims again: what it has not answered yet, and is about nothing else, it need not delete.
///
/// # Errors
/// When the database fails.
pub async fn lift(
    tx: &mut Tx, resident: &ResidentId, (client, purpose): (&ClientId, &str), claims: &[String], now: Timestamp,
) -> Result<(), Fault> {
    for order in store::of_resident(tx, resident).await? {
        let same = order.client == *client && order.purpose == purpose;
        let unanswered = matches!(order.standing, Standing::Open | Standing::Silent);
        if same && unanswered && order.claims.iter().all(|claim| claims.contains(claim)) {
            store::lift(tx, &order.id, now).await?;
        }
    }
    Ok(())
}
