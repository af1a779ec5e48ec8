//! Recovery by two members of staff: one begins, another one seconds it, then both wait. Meanwhile the resident is told,
//! and can stop it, with a passkey that is not lost after all, or at the desk.

use std::time::Duration;

use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::act::has;
use super::sitting::{self, Label};
use super::{Refusal, card, prepare, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{PersonId, RecoveryId, RequestId, ResidentId, SittingId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Entry, Head, Kind};
use crate::people::{self, Session};
use crate::resident::{self, Registered, Registration, register};

/// Nobody seconded it, or came for the link, for so long: it lapses.
const LAPSES: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// An hour.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// A recovery under way.
#[derive(Debug, Clone)]
pub struct Recovery {
    /// Its id.
    pub id: RecoveryId,
    /// Whose.
    pub resident: ResidentId,
    /// How pages of the desk call her.
    pub label: Label,
    /// Who began it.
    pub begun_by: PersonId,
    /// When.
    pub begun_at: Timestamp,
    /// Who seconded it.
    pub seconded_by: Option<PersonId>,
    /// When the wait is over; none before it was seconded.
    pub ready_at: Option<Timestamp>,
}

impl Recovery {
    /// Whether the link may be handed out.
    #[must_use]
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.ready_at.is_some_and(|ready| ready <= now)
    }
}

/// Begins one, in a sitting: somebody has seen her and her papers.
///
/// # Errors
/// `Over` without an open sitting, `Unfit` when she has neither passkey nor card, is too young, or one is under way.
pub async fn begin(
    app: &App, session: &Session, sitting: &SittingId, request: &RequestId,
) -> Result<Recovery, Refusal> {
    let now = app.now();
    let sitting = sitting::sitting(app, session, sitting).await?;
    prepare::may_decide(app, &sitting.label)?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !resident::is_open(&mut tx, &sitting.resident).await? {
        return Err(Refusal::NotFound);
    }
    if !has(&mut tx, &sitting.resident).await?.anything() {
        return Err(Refusal::Unfit("nothing that could be lost"));
    }
    let recovery = Recovery {
        id: random::id()?,
        resident: sitting.resident,
        label: sitting.label,
        begun_by: session.person.id.clone(),
        begun_at: now,
        seconded_by: None,
        ready_at: None,
    };
    store::lapse_recoveries(&mut tx, now.minus(LAPSES), now).await?;
    let sealed = recovery.label.seal(&app.custody, recovery.id.as_str())?;
    if !store::insert_recovery(&mut tx, &recovery, &sealed).await? {
        return Err(Refusal::Unfit("one is under way"));
    }
    enter(&mut tx, app, &mut head, &recovery, "recovery_begun", &By::Staff(session.person.id.clone()), request).await?;
    tell(&mut tx, &recovery, Word::RecoveryBegun, now).await?;
    head.commit(tx).await?;
    Ok(recovery)
}

/// A second member of staff, with a fresh sign-in, puts a name to it: from now on the wait runs.
///
/// # Errors
/// `SameHand` for whoever began it, `NotFresh`, `Over` when it is seconded or ended.
pub async fn second(app: &App, session: &Session, id: &RecoveryId, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    if !session.is_fresh(now) {
        return Err(Refusal::NotFresh);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let recovery =
        store::recovery(&mut tx, &app.custody, id, now.minus(LAPSES)).await?.ok_or(Refusal::Over("ended"))?;
    if recovery.begun_by == session.person.id {
        return Err(Refusal::SameHand);
    }
    if !people::session_is_open(&mut tx, session).await? {
        return Err(Refusal::NotFresh);
    }
    let ready = now.plus(HOUR * app.config.desk.recovery_hours);
    if !store::second_recovery(&mut tx, id, &session.person.id, ready, now).await? {
        return Err(Refusal::Over("seconded or ended"));
    }
    let by = By::Staff(session.person.id.clone());
    enter(&mut tx, app, &mut head, &recovery, "recovery_seconded", &by, request).await?;
    tell(&mut tx, &recovery, Word::RecoveryBegun, now).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Stops one: any member of staff.
///
/// # Errors
/// `Over` when it has ended.
pub async fn stop(app: &App, session: &Session, id: &RecoveryId, request: &RequestId) -> Result<(), Refusal> {
    end(app, id, None, &By::Staff(session.person.id.clone()), request).await
}

/// The resident says that it is not her.
///
/// # Errors
/// `Over` when it has ended, or is not hers.
pub async fn stop_by_resident(
    app: &App, resident: &ResidentId, id: &RecoveryId, request: &RequestId,
) -> Result<(), Refusal> {
    end(app, id, Some(resident), &By::Resident, request).await
}

async fn end(app: &App, id: &RecoveryId, of: Option<&ResidentId>, by: &By, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let recovery =
        store::recovery(&mut tx, &app.custody, id, now.minus(LAPSES)).await?.ok_or(Refusal::Over("ended"))?;
    let own = of.is_none_or(|resident| *resident == recovery.resident);
    if !own || !store::end_recovery(&mut tx, id, "stopped", now).await? {
        return Err(Refusal::Over("ended, or not hers"));
    }
    resident::end_desk_rights(&mut tx, &recovery.resident, now).await?;
    enter(&mut tx, app, &mut head, &recovery, "recovery_stopped", by, request).await?;
    head.commit(tx).await?;
    Ok(())
}

/// After the wait: the link for one new passkey; a card of somebody who has no passkey ends. Pressed again, the one before ends; it goes on until she used it.
///
/// # Errors
/// `TooEarly`, `Over`.
pub async fn link(app: &App, session: &Session, id: &RecoveryId, request: &RequestId) -> Result<Token, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let recovery =
        store::recovery(&mut tx, &app.custody, id, now.minus(LAPSES)).await?.ok_or(Refusal::Over("ended"))?;
    if !recovery.is_ready(now) {
        return Err(Refusal::TooEarly);
    }
    let token = resident::desk_right(&mut tx, &recovery.resident, now).await?;
    // Whoever has no phone comes for another card: the lost one ends here, after the wait, and no sooner.
    if !has(&mut tx, &recovery.resident).await?.passkey {
        card::end_all(&mut tx, &recovery.resident, now).await?;
    }
    let by = By::Staff(session.person.id.clone());
    enter(&mut tx, app, &mut head, &recovery, "recovery_link", &by, request).await?;
    head.commit(tx).await?;
    Ok(token)
}

/// The new passkey is made. With it, in one transaction, the recovery ends and so does every link of it, and she is told:
/// no moment is left in which another link could be had.
///
/// # Errors
/// As [`register::checked`] and [`register::store`]; `CeremonyEnded` also when the recovery was stopped or lapsed.
pub async fn regain(
    app: &App, browser: &Digest, token: &str, answer: &RegisterPublicKeyCredential, request: &RequestId,
) -> Result<Registered, resident::Refusal> {
    let now = app.now();
    let by_link = Registration::AtDesk(token);
    let new = register::checked(app, browser, &by_link, answer).await?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let registered = register::store(&mut tx, app, &mut head, browser, &by_link, &new, request).await?;
    if !complete(&mut tx, new.resident(), now).await? {
        return Err(resident::Refusal::CeremonyEnded("the recovery was stopped or lapsed"));
    }
    let tell = Tell { resident: new.resident(), word: Word::Recovered, client: None, about: None };
    inbox::put(&mut tx, &tell, now).await?;
    head.commit(tx).await?;
    Ok(registered)
}

/// Ends what a resident came for: the recovery whose wait is over, and its links. `false`: there is none.
pub(super) async fn complete(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<bool, Fault> {
    let completed = store::complete_recovery(tx, resident, now.minus(LAPSES), now).await?;
    if completed {
        resident::end_desk_rights(tx, resident, now).await?;
    }
    Ok(completed)
}

/// Those under way, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn open(app: &App) -> Result<Vec<Recovery>, Fault> {
    store::open_recoveries(&mut app.db.read().await?, &app.custody, app.now().minus(LAPSES)).await
}

/// The one under way of a resident.
///
/// # Errors
/// When the database fails.
pub async fn of_resident(app: &App, resident: &ResidentId) -> Result<Option<Recovery>, Fault> {
    let open = open(app).await?;
    Ok(open.into_iter().find(|recovery| recovery.resident == *resident))
}

async fn enter(
    tx: &mut Tx, app: &App, head: &mut Head, recovery: &Recovery, reason: &'static str, by: &By, request: &RequestId,
) -> Result<(), Fault> {
    let entry = Entry {
        reason,
        request: Some(request.clone()),
        ..Entry::about(Kind::Credential, &recovery.resident, app.now())
    };
    let _pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    Ok(())
}

async fn tell(tx: &mut Tx, recovery: &Recovery, word: Word, now: Timestamp) -> Result<(), Fault> {
    let about = Some(recovery.id.as_str());
    inbox::put(tx, &Tell { resident: &recovery.resident, word, client: None, about }, now).await
}
