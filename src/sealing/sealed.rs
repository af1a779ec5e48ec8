//! Sealing a record: one member of staff says so, another confirms.

use std::time::Duration;

use super::{Refusal, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::custody;
use crate::db::Tx;
use crate::desk::{self, Label};
use crate::fault::Fault;
use crate::ids::{PersonId, RequestId, ResidentId, SealingId, SittingId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Entry, Extra, Head, Kind};
use crate::people::{self, Session};
use crate::resident;

/// For so long whoever it is about can undo it with her passkey, and nothing is lost.
pub const WAIT: Duration = Duration::from_secs(7 * 86_400);

/// What the staff have seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A certificate of death (死亡证明).
    DeathCertificate,
    /// The household registration was cancelled (注销户口).
    HouseholdCancelled,
    /// A court declared her dead (宣告死亡, Civil Code 46).
    CourtDeclared,
}

impl Evidence {
    /// All of them, the most frequent first.
    pub const ALL: [Self; 3] = [Self::DeathCertificate, Self::HouseholdCancelled, Self::CourtDeclared];

    /// The word in the table, in entries and in locales.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DeathCertificate => "death_certificate",
            Self::HouseholdCancelled => "household_cancelled",
            Self::CourtDeclared => "court_declared",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// That a resident has died, as it stands.
#[derive(Debug, Clone)]
pub struct Sealing {
    /// Its id.
    pub id: SealingId,
    /// Whose record.
    pub resident: ResidentId,
    /// How pages of the desk call her.
    pub label: Label,
    /// What was seen.
    pub evidence: Evidence,
    /// Who said so, and when.
    pub asked_by: PersonId,
    /// As above.
    pub asked_at: Timestamp,
    /// Who confirmed it, and when the record was sealed.
    pub confirmed_by: Option<PersonId>,
    /// As above.
    pub sealed_at: Option<Timestamp>,
    /// From then on only staff can undo it.
    pub final_at: Option<Timestamp>,
    /// The operator's lock that was there before.
    pub locked_before: Option<Timestamp>,
    /// Who asked that the record be opened again.
    pub lift_asked_by: Option<PersonId>,
}

impl Sealing {
    /// Whether the seven days are over: from now on a relative may be answered.
    #[must_use]
    pub fn is_final(&self, now: Timestamp) -> bool {
        self.final_at.is_some_and(|at| at <= now)
    }
}

/// Says that the resident of a sitting has died. Nothing is sealed yet.
///
/// # Errors
/// `Over` without an open sitting, `NotFound` for whoever is locked or erased, `Unfit` when it was said before.
pub async fn ask(
    app: &App, session: &Session, sitting: &SittingId, evidence: Evidence, request: &RequestId,
) -> Result<Sealing, Refusal> {
    let now = app.now();
    let sitting = desk::sitting(app, session, sitting).await?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !resident::is_open(&mut tx, &sitting.resident).await? {
        return Err(Refusal::NotFound);
    }
    let sealing = Sealing {
        id: random::id()?,
        resident: sitting.resident,
        label: sitting.label,
        evidence,
        asked_by: session.person.id.clone(),
        asked_at: now,
        confirmed_by: None,
        sealed_at: None,
        final_at: None,
        locked_before: None,
        lift_asked_by: None,
    };
    let label = sealing.label.seal(&app.custody, sealing.id.as_str())?;
    if !store::insert(&mut tx, &sealing, &label).await? {
        return Err(Refusal::Unfit("said before"));
    }
    let by = By::Staff(session.person.id.clone());
    enter(&mut tx, app, &mut head, &sealing, "sealing_asked", &by, Some(request)).await?;
    tell(&mut tx, &sealing, Word::SealingAsked, now).await?;
    head.commit(tx).await?;
    Ok(sealing)
}

/// A second member of staff, who has seen the paper too: from this second the record is sealed.
///
/// # Errors
/// `SameHand` for whoever asked, `NotFresh`, `Over` when it is confirmed or ended, `Unfit` when she was seen here since
/// it was asked: then it has ended, and she is alive.
pub async fn confirm(app: &App, session: &Session, id: &SealingId, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    if !session.is_fresh(now) {
        return Err(Refusal::NotFresh);
    }
    let by = By::Staff(session.person.id.clone());
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let sealing = store::find(&mut tx, &app.custody, id).await?.ok_or(Refusal::Over("ended"))?;
    if sealing.asked_by == session.person.id {
        return Err(Refusal::SameHand);
    }
    if !people::session_is_open(&mut tx, session).await? {
        return Err(Refusal::NotFresh);
    }
    if resident::seen_since(&mut tx, &sealing.resident, sealing.asked_at).await? {
        store::end(&mut tx, id, "alive", now).await?;
        enter(&mut tx, app, &mut head, &sealing, "sealing_alive", &by, Some(request)).await?;
        head.commit(tx).await?;
        return Err(Refusal::Unfit("she was here since"));
    }
    let until = now.plus(WAIT);
    let before =
        resident::seal(&mut tx, &sealing.resident, until, now).await?.ok_or(Refusal::Over("sealed, or gone"))?;
    if !store::confirm(&mut tx, id, &session.person.id, until, before, now).await? {
        return Err(Refusal::Over("confirmed or ended"));
    }
    enter(&mut tx, app, &mut head, &sealing, "sealed", &by, Some(request)).await?;
    tell(&mut tx, &sealing, Word::Sealed, now).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Enters a step in her book (kind 12).
pub(super) async fn enter(
    tx: &mut Tx, app: &App, head: &mut Head, sealing: &Sealing, reason: &'static str, by: &By,
    request: Option<&RequestId>,
) -> Result<(), Fault> {
    let entry = Entry {
        reason,
        request: request.cloned(),
        extra: Extra::Notes(vec![("evidence", sealing.evidence.as_str().to_owned())]),
        ..Entry::about(Kind::Staff, &sealing.resident, app.now())
    };
    let _pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    Ok(())
}

pub(super) async fn tell(tx: &mut Tx, sealing: &Sealing, word: Word, now: Timestamp) -> Result<(), Fault> {
    inbox::put(tx, &Tell { resident: &sealing.resident, word, client: None, about: None }, now).await
}
