//! Asked for, and undone: seven days in which nothing is read and nothing is lost.

use std::time::Duration;

use super::{Refusal, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::Token;
use crate::crypto::{hash, random};
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ErasureId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Entry, Extra, Kind};
use crate::resident::{self, Act, Confirmed, Session};

/// So long it can be undone.
pub const WAIT: Duration = Duration::from_secs(7 * 86_400);

/// What the sealed address of a certificate is called.
const LINK: &str = "erasure";

/// An erasure that was begun and is not done.
#[derive(Debug)]
pub struct Pending {
    /// When it was asked for.
    pub begun_at: Timestamp,
    /// From then on it can be undone no more.
    pub due_at: Timestamp,
    /// The secret of the certificate's address, `/erased/{token}`.
    pub link: Token,
}

/// What a resident confirms with her passkey.
#[must_use]
pub fn act(resident: &ResidentId) -> Act {
    Act::new("erasure.begin", resident)
}

/// Begins the erasure of the resident of a session. One that was begun before goes on as it was.
///
/// # Errors
/// `NotConfirmed` when she confirmed something else, `SessionEnded` when the session ended meanwhile.
pub async fn begin(app: &App, session: &Session, confirmed: &Confirmed, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    let resident = &session.resident;
    let proof = confirmed.proves(&act(resident)).map_err(|_| Refusal::NotConfirmed)?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !resident::session_is_open(&mut tx, session).await? {
        return Err(Refusal::SessionEnded);
    }
    let id: ErasureId = random::id()?;
    let link = Token::random()?;
    let sealed = app.custody.seal_state(LINK, id.as_str(), link.expose().as_bytes())?;
    let row = store::Begun { id: &id, resident, now, due_at: now.plus(WAIT), link: &link.digest(), sealed: &sealed };
    if !store::insert(&mut tx, &row).await? {
        return Ok(());
    }
    store::mark(&mut tx, resident, Some(row.due_at)).await?;
    let entry = Entry {
        reason: "erasure_begun",
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("confirmed", hex::encode(hash::sha256(proof.record.as_bytes())))]),
        ..Entry::about(Kind::Erasure, resident, now)
    };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    inbox::put(&mut tx, &Tell { resident, word: Word::ErasureBegun, client: None, about: None }, now).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Undoes it: everything is as it was before.
///
/// # Errors
/// `NothingToUndo` when nothing was begun, or its seven days are over.
pub async fn undo(app: &App, resident: &ResidentId, by: &By, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let open = store::open(&mut tx, resident).await?.ok_or(Refusal::NothingToUndo("nothing was begun"))?;
    if open.due_at <= now {
        return Err(Refusal::NothingToUndo("the seven days are over"));
    }
    take_back(&mut tx, app, &mut head, &open.id, resident, by, Some(request)).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Takes an open erasure back, at the held head.
pub(super) async fn take_back(
    tx: &mut Tx, app: &App, head: &mut ledger::Head, id: &ErasureId, resident: &ResidentId, by: &By,
    request: Option<&RequestId>,
) -> Result<(), Refusal> {
    let now = app.now();
    if app.custody.is_destroyed(resident) || !store::undo(tx, id, now).await? {
        return Err(Refusal::NothingToUndo("it is done"));
    }
    store::mark(tx, resident, None).await?;
    let entry =
        Entry { reason: "erasure_undone", request: request.cloned(), ..Entry::about(Kind::Erasure, resident, now) };
    let _pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    inbox::put(tx, &Tell { resident, word: Word::ErasureUndone, client: None, about: None }, now).await?;
    Ok(())
}

/// The erasure of a resident that was begun and is not done, if there is one.
///
/// # Errors
/// When the database fails, or the address of the certificate does not open.
pub async fn pending(app: &App, resident: &ResidentId) -> Result<Option<Pending>, Fault> {
    let mut tx = app.db.read().await?;
    let Some(open) = store::open(&mut tx, resident).await? else { return Ok(None) };
    let sealed = open.sealed_link.ok_or(Fault::Stored("an erasure without its address"))?;
    let link = Token::stored(app.custody.open_state(LINK, open.id.as_str(), &sealed)?)?;
    Ok(Some(Pending { begun_at: open.begun_at, due_at: open.due_at, link }))
}
