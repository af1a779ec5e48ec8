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
    let resident = &session.resident;
    let proof = confirmed.proves(&act(resident)).map_err(|_| Refusal::NotConfirmed)?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !resident::session_is_open(&mut tx, session).await? {
        return Err(Refusal::SessionEnded);
    }
    let confirmed = vec![("confirmed", hex::encode(hash::sha256(proof.record.as_bytes())))];
    let extra = Extra::Notes(confirmed);
    if enter(&mut tx, app, &mut head, resident, (&By::Resident, extra), request).await? {
        head.commit(tx).await?;
    }
    Ok(())
}

/// Begins, at the held head, the erasure of somebody who died: a near relative asked for it, and the staff granted it
/// (PIPL 49). It waits and can be undone as every other. The caller commits.
///
/// # Errors
/// When the database fails.
pub async fn begin_for(
    tx: &mut Tx, app: &App, head: &mut ledger::Head, resident: &ResidentId, by: &By, request: &RequestId,
) -> Result<(), Fault> {
    enter(tx, app, head, resident, (by, Extra::Nothing), request).await?;
    Ok(())
}

/// `false`: one was begun before, and goes on as it was.
async fn enter(
    tx: &mut Tx, app: &App, head: &mut ledger::Head, resident: &ResidentId, (by, extra): (&By, Extra),
    request: &RequestId,
) -> Result<bool, Fault> {
    let now = app.now();
    let id: ErasureId = random::id()?;
    let link = Token::random()?;
    let sealed = app.custody.seal_state(LINK, id.as_str(), link.expose().as_bytes())?;
    let row = store::Begun { id: &id, resident, now, due_at: now.plus(WAIT), link: &link.digest(), sealed: &sealed };
    if !store::insert(tx, &row).await? {
        return Ok(false);
    }
    store::mark(tx, resident, Some(row.due_at)).await?;
    let entry = Entry {
        reason: "erasure_begun",
        request: Some(request.clone()),
        extra,
        ..Entry::about(Kind::Erasure, resident, now)
    };
    let _pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    inbox::put(tx, &Tell { resident, word: Word::ErasureBegun, client: None, about: None }, now).await?;
    Ok(true)
}

/// Undoes it: everything is as it was before.
///
/// # Errors
/// `NothingToUndo` when nothing was begun, or its seven days are over.
pub async fn undo(app: &App, resident: &ResidentId, by: &By, request: &RequestId) -> Result<(), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    undo_in(&mut tx, app, &mut head, resident, by, request).await?;
    head.commit(tx).await?;
    Ok(())
}

/// As [`undo()`], at the held head: the desk undoes it with what the resident confirmed. The caller commits.
///
/// # Errors
/// As [`undo()`].
pub async fn undo_in(
    tx: &mut Tx, app: &App, head: &mut ledger::Head, resident: &ResidentId, by: &By, request: &RequestId,
) -> Result<(), Refusal> {
    let open = store::open(tx, resident).await?.ok_or(Refusal::NothingToUndo("nothing was begun"))?;
    if open.due_at <= app.now() {
        return Err(Refusal::NothingToUndo("the seven days are over"));
    }
    take_back(tx, app, head, &open.id, resident, by, Some(request)).await
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
