//! An act at the desk: finding it again, and what became of it.

use serde::{Deserialize, Serialize};

use super::sitting::Label;
use super::work::{Has, Work};
use super::{Refusal, card, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::custody::{self, Custody};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{DeskActId, PersonId, RequestId, ResidentId, SittingId};
use crate::ledger::{self, By, Entry, Extra, Kind as EntryKind};
use crate::once::{self, Kind, Standing};
use crate::people::Session;
use crate::resident;

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was confirmed and done.
    Done,
    /// The resident said no, or the witness.
    Refused,
    /// Staff took it back before it was confirmed.
    Stopped,
}

/// How it was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On the resident's own phone, with her passkey.
    Phone,
    /// By her card and its secret number.
    Card,
    /// By a second member of staff.
    Witness,
}

impl Way {
    /// The word in the table and in entries.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Card => "card",
            Self::Witness => "witness",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::Phone, Self::Card, Self::Witness].into_iter().find(|way| way.as_str() == word)
    }
}

impl Outcome {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::Done, Self::Refused, Self::Stopped].into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// An act at the desk.
#[derive(Debug, Clone)]
pub struct Act {
    /// Its id.
    pub id: DeskActId,
    /// In which sitting it was prepared.
    pub sitting: SittingId,
    /// About whom.
    pub resident: ResidentId,
    /// Who prepared it.
    pub person: PersonId,
    /// What it does.
    pub work: Work,
    /// How pages of the desk call the resident.
    pub label: Label,
    /// When it was prepared.
    pub asked_at: Timestamp,
    /// Until when it may be confirmed.
    pub expires_at: Timestamp,
    /// What became of it, if it is settled, and when.
    pub settled: Option<(Outcome, Timestamp)>,
    /// How it was confirmed.
    pub way: Option<Way>,
    /// Who bore witness.
    pub witness: Option<PersonId>,
    /// What came of it: a consent, a card.
    pub record: Option<String>,
    /// Until when it may be undone.
    pub undo_until: Option<Timestamp>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
    /// The secret in its QR code, for the resident's own phone.
    pub(super) token: String,
}

impl Act {
    /// Whether it waits for a confirmation.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.settled.is_none() && now < self.expires_at
    }

    /// Whether it was done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.settled, Some((Outcome::Done, _)))
    }

    /// Whether it may be undone now.
    #[must_use]
    pub fn may_be_undone(&self, now: Timestamp) -> bool {
        let own = !matches!(self.work, Work::Undo(_) | Work::Keep);
        own && self.is_done() && self.undone_at.is_none() && self.undo_until.is_some_and(|until| now < until)
    }

    /// The last part of the address that its QR code leads to.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    pub(super) fn digest(&self) -> Digest {
        Digest::of(self.token.as_bytes())
    }
}

/// What lies sealed in an act's row.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) token: String,
    pub(super) work: Work,
    pub(super) label: Label,
}

/// Reads an act's sealed half: token, work, label.
pub(super) fn unseal(custody: &Custody, id: &str, sealed: &[u8]) -> Result<(String, Work, Label), Fault> {
    let body = custody.open_state("desk_act", id, sealed)?;
    let body: Body = serde_json::from_slice(&body).map_err(|_| Fault::Stored("an act of the desk does not read"))?;
    Ok((body.token, body.work, body.label))
}

/// An entry about an act, by the member of staff who prepared it.
pub(super) fn entry(act: &Act, reason: &'static str, way: Option<Way>, request: &RequestId, now: Timestamp) -> Entry {
    let mut notes = vec![("act", act.work.as_str().to_owned())];
    notes.extend(way.map(|way| ("way", way.as_str().to_owned())));
    let entry = Entry {
        reason,
        request: Some(request.clone()),
        extra: Extra::Notes(notes),
        ..Entry::about(EntryKind::Staff, &act.resident, now)
    };
    entry.by(&By::Staff(act.person.clone()))
}

/// An act, for anybody at the console.
///
/// # Errors
/// `NotFound`.
pub async fn act(app: &App, id: &DeskActId) -> Result<Act, Refusal> {
    store::act(&mut app.db.read().await?, &app.custody, id).await?.ok_or(Refusal::NotFound)
}

/// The act that a QR code leads to, for the resident it is about and nobody else.
///
/// # Errors
/// `NotFound` also when it is somebody else's, `Over` when it is settled or too old.
pub async fn by_token(app: &App, resident: &ResidentId, token: &str) -> Result<Act, Refusal> {
    let mut tx = app.db.read().await?;
    let digest = Digest::of(token.as_bytes());
    let found = match once::standing(&mut tx, Kind::DeskAct, &digest, app.now()).await? {
        Standing::Open(found) => found,
        Standing::Unknown => return Err(Refusal::NotFound),
        Standing::Used(_) | Standing::Expired(_) => return Err(Refusal::Over("settled or too old")),
    };
    let act = store::act(&mut tx, &app.custody, &DeskActId::stored(found.subject)).await?;
    act.filter(|act| act.resident == *resident).ok_or(Refusal::NotFound)
}

/// The acts about a resident, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn acts_of(app: &App, resident: &ResidentId) -> Result<Vec<Act>, Fault> {
    store::acts_of(&mut app.db.read().await?, &app.custody, resident).await
}

/// Acts of colleagues that wait for a witness.
///
/// # Errors
/// When the database fails.
pub async fn waiting_for_witness(app: &App, session: &Session) -> Result<Vec<Act>, Fault> {
    let mut tx = app.db.read().await?;
    let mut waiting = Vec::new();
    for act in store::open_acts(&mut tx, &app.custody, app.now()).await? {
        if act.person != session.person.id && act.work.takes_a_witness(has(&mut tx, &act.resident).await?) {
            waiting.push(act);
        }
    }
    Ok(waiting)
}

/// Whether a colleague may confirm an act as its resident stands now.
///
/// # Errors
/// When the database fails.
pub async fn takes_a_witness(app: &App, act: &Act) -> Result<bool, Fault> {
    Ok(act.work.takes_a_witness(has(&mut app.db.read().await?, &act.resident).await?))
}

/// What a resident can confirm with.
pub(super) async fn has(tx: &mut Tx, resident: &ResidentId) -> Result<Has, Fault> {
    Ok(Has { passkey: resident::has_passkey(tx, resident).await?, card: card::is_there(tx, resident).await? })
}

/// Takes an act back before it was confirmed.
///
/// # Errors
/// `Over` when it is settled, or a colleague's.
pub async fn cancel(app: &App, session: &Session, id: &DeskActId, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let act = store::act(&mut tx, &app.custody, id).await?.filter(|act| act.person == session.person.id);
    let act = act.ok_or(Refusal::NotFound)?;
    once::consume(&mut tx, Kind::DeskAct, &act.digest(), now).await?.ok_or(Refusal::Over("settled"))?;
    store::settle(&mut tx, &store::Settled::new(&act, Outcome::Stopped), now).await?;
    // That it was prepared stands in her book; so does that nothing came of it.
    let entry = entry(&act, "desk_stopped", None, request, now);
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(())
}
