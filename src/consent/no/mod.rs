//! A no is kept, and keeps the door shut: for ninety days the same client may not ask for the same purpose again, unless
//! the resident wants to be asked. "Not now" is kept as a reminder of hers and keeps nothing shut.

use std::time::Duration;

use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, RequestId, ResidentId};
use crate::ledger::{self, By, Entry, Head, Kind};
use crate::mandate;

mod store;

/// For how long a no is not asked about again.
const QUIET: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// What kind of no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// All of it.
    Refused,
    /// A sensitive claim, while the rest was given.
    LeftOut,
    /// Not now.
    Deferred,
}

impl How {
    /// The word in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::LeftOut => "left_out",
            Self::Deferred => "deferred",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Refused, Self::LeftOut, Self::Deferred].into_iter().find(|how| how.as_str() == word)
    }
}

/// A no that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct No {
    /// Its name in our pages.
    pub id: String,
    /// To whom.
    pub client: ClientId,
    /// To which purpose.
    pub purpose: String,
    /// What kind.
    pub how: How,
    /// About which claims.
    pub claims: Vec<String>,
    /// When, Unix seconds.
    pub at: i64,
}

impl No {
    /// Until when it is not asked about again, Unix seconds.
    #[must_use]
    pub fn quiet_until(&self) -> i64 {
        Timestamp::from_seconds(self.at).plus(QUIET).seconds()
    }
}

/// To what a no is said.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who says it.
    pub resident: &'a ResidentId,
    /// To whom.
    pub client: &'a ClientId,
    /// To which purpose.
    pub purpose: &'a str,
    /// About which claims.
    pub claims: &'a [String],
}

/// Keeps a no and enters it, at the held head. Kinds 3 to 6 are about a record of consent; a no makes none, so its entry
/// names none.
///
/// # Errors
/// When the database fails.
pub async fn refuse(
    tx: &mut Tx, app: &App, head: &mut Head, asked: &Asked<'_>, how: How, by: &By, request: &RequestId,
) -> Result<(), Fault> {
    let mut entry = Entry::about(Kind::ConsentChanged, asked.resident, app.now());
    entry.client = Some(asked.client.clone());
    entry.purpose = Some(asked.purpose.to_owned());
    entry.claims = asked.claims.to_vec();
    entry.reason = how.as_str();
    entry.request = Some(request.clone());
    let pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    mandate::acted(tx, asked.resident, by, app.now()).await?;
    keep(tx, app, asked, how, Some(pending.position())).await
}

/// Keeps a "not now".
///
/// # Errors
/// When the database fails.
pub async fn defer(tx: &mut Tx, app: &App, asked: &Asked<'_>) -> Result<(), Fault> {
    keep(tx, app, asked, How::Deferred, None).await
}

async fn keep(tx: &mut Tx, app: &App, asked: &Asked<'_>, how: How, position: Option<u64>) -> Result<(), Fault> {
    // An id of the same form as records have; it is never one of theirs.
    let id: ConsentId = random::id()?;
    let no = No {
        id: id.as_str().to_owned(),
        client: asked.client.clone(),
        purpose: asked.purpose.to_owned(),
        how,
        claims: asked.claims.to_vec(),
        at: app.now().seconds(),
    };
    store::insert(tx, asked.resident, &no, position).await
}

/// The noes that still keep a client from asking about this purpose, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn standing(
    tx: &mut Tx, resident: &ResidentId, client: &ClientId, purpose: &str, now: Timestamp,
) -> Result<Vec<No>, Fault> {
    let all = store::of_question(tx, resident, client, purpose, now.minus(QUIET)).await?;
    Ok(all.into_iter().filter(|no| no.how != How::Deferred).collect())
}

/// What a resident said no or "not now" to, and has not answered otherwise since; the newest first, one of each client
/// and purpose.
///
/// # Errors
/// When the database fails.
pub async fn of_resident(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<Vec<No>, Fault> {
    store::unanswered(tx, resident, now.minus(QUIET)).await
}

/// A yes takes back what was said before, at the held head.
///
/// # Errors
/// When the database fails.
pub async fn taken_back(
    tx: &mut Tx, resident: &ResidentId, client: &ClientId, purpose: &str, now: Timestamp,
) -> Result<(), Fault> {
    store::lift(tx, resident, client, purpose, now, true).await?;
    Ok(())
}

/// She wants to be asked again: what keeps this client from asking about this purpose is lifted.
///
/// # Errors
/// When the database fails.
pub async fn lift(
    app: &App, resident: &ResidentId, client: &ClientId, purpose: &str, by: &By, request: &RequestId,
) -> Result<bool, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::lift(&mut tx, resident, client, purpose, app.now(), false).await? {
        return Ok(false);
    }
    let mut entry = Entry::about(Kind::ConsentChanged, resident, app.now());
    entry.client = Some(client.clone());
    entry.purpose = Some(purpose.to_owned());
    entry.reason = "may_ask_again";
    entry.request = Some(request.clone());
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry.by(by)).await?;
    head.commit(tx).await?;
    Ok(true)
}
