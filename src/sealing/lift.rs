//! A record is opened again: she is alive, or it was somebody else's paper.

use webauthn_rs::prelude::PublicKeyCredential;

use super::sealed::{Sealing, enter, tell};
use super::{Refusal, store};
use crate::app::App;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::ids::{RequestId, SealingId};
use crate::inbox::Word;
use crate::ledger::{self, By, Head};
use crate::people::{self, Session};
use crate::resident;

/// Takes back that a resident has died, before a colleague confirmed it: any member of staff.
///
/// # Errors
/// `Over` when it was confirmed or has ended.
pub async fn stop(app: &App, session: &Session, id: &SealingId, request: &RequestId) -> Result<(), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let sealing = store::find(&mut tx, &app.custody, id).await?.ok_or(Refusal::Over("ended"))?;
    if sealing.sealed_at.is_some() || !store::end(&mut tx, id, "stopped", app.now()).await? {
        return Err(Refusal::Over("sealed, or ended"));
    }
    let by = By::Staff(session.person.id.clone());
    enter(&mut tx, app, &mut head, &sealing, "sealing_stopped", &by, Some(request)).await?;
    head.commit(tx).await?;
    Ok(())
}

/// A member of staff asks that a sealed record be opened again.
///
/// # Errors
/// `Over` when it is not sealed, or somebody asked before.
pub async fn ask_lift(app: &App, session: &Session, id: &SealingId, request: &RequestId) -> Result<(), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let sealing = store::find(&mut tx, &app.custody, id).await?.ok_or(Refusal::Over("ended"))?;
    if !store::ask_lift(&mut tx, id, &session.person.id, app.now()).await? {
        return Err(Refusal::Over("not sealed, or asked before"));
    }
    let by = By::Staff(session.person.id.clone());
    enter(&mut tx, app, &mut head, &sealing, "unsealing_asked", &by, Some(request)).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Another member of staff opens it.
///
/// # Errors
/// `SameHand` for whoever asked, `NotFresh`, `Over`.
pub async fn lift(app: &App, session: &Session, id: &SealingId, request: &RequestId) -> Result<(), Refusal> {
    if !session.is_fresh(app.now()) {
        return Err(Refusal::NotFresh);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let sealing = store::find(&mut tx, &app.custody, id).await?.ok_or(Refusal::Over("ended"))?;
    let asked = sealing.lift_asked_by.as_ref().ok_or(Refusal::Over("nobody asked"))?;
    if *asked == session.person.id {
        return Err(Refusal::SameHand);
    }
    if !people::session_is_open(&mut tx, session).await? {
        return Err(Refusal::NotFresh);
    }
    let by = By::Staff(session.person.id.clone());
    open(&mut tx, app, &mut head, &sealing, ("lifted", "unsealed", &by), request).await?;
    head.commit(tx).await?;
    Ok(())
}

/// She says herself that she is alive, with her passkey, within the seven days: the record is open, and this browser is
/// signed in.
///
/// # Errors
/// A refusal of the passkey's; `Over` when the record is not sealed, or the seven days are over.
pub async fn still_here(
    app: &App, browser: &Digest, answer: &PublicKeyCredential, request: &RequestId,
) -> Result<(resident::Session, Token), resident::Refusal> {
    let over = || resident::Refusal::PasskeyRefused("not sealed, or too late to say so");
    let shown = resident::sign_in::shown(app, browser, answer, request).await?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let resident = shown.resident().clone();
    if !resident::may_say_alive(&mut tx, &resident, app.now()).await? {
        return Err(over());
    }
    let sealing = store::of_resident(&mut tx, &app.custody, &resident).await?.ok_or_else(over)?;
    let how = ("alive", "unsealed", &By::Resident);
    open(&mut tx, app, &mut head, &sealing, how, request).await.map_err(|refusal| match refusal {
        Refusal::Fault(fault) => resident::Refusal::Fault(fault),
        _ => over(),
    })?;
    let opened = resident::sign_in::open(&mut tx, app, shown, answer).await?;
    head.commit(tx).await?;
    Ok(opened)
}

async fn open(
    tx: &mut Tx, app: &App, head: &mut Head, sealing: &Sealing,
    (outcome, reason, by): (&'static str, &'static str, &By), request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    if !resident::unseal(tx, &sealing.resident, sealing.locked_before).await? {
        return Err(Refusal::Over("not sealed, or erased"));
    }
    if !store::end(tx, &sealing.id, outcome, now).await? {
        return Err(Refusal::Over("ended"));
    }
    // Nobody reads in her name any more; what was asked in it has lost its ground.
    store::end_grants(tx, &sealing.resident, now).await?;
    enter(tx, app, head, sealing, reason, by, Some(request)).await?;
    tell(tx, sealing, Word::Unsealed, now).await?;
    Ok(())
}
