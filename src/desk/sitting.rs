//! One resident before one member of staff, for half an hour.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Refusal, store};
use crate::app::App;
use crate::claims::release::{Fields, masked_field};
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::custody::{self, Custody};
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId, SittingId};
use crate::ledger::{self, Actor, Entry, Extra, Kind, Outcome};
use crate::people::Session;

/// How long it lasts; then she is looked for again.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// How the desk's pages call a resident: as much as is needed to compare her with her papers. It lies sealed beside
/// the sitting, so that a page that is loaded again is no other look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// "王*".
    pub name: String,
    /// The year of birth; empty where the record has none.
    pub year: String,
    /// "3-2-101".
    pub flat: String,
    /// The birth date, to know whether she may decide alone; not shown.
    born: String,
}

impl Label {
    /// From the fields of a slip.
    #[must_use]
    pub fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let name = text("name");
        let born = text("birth_date");
        let flat: Vec<String> =
            ["building", "unit", "room"].into_iter().map(text).filter(|part| !part.is_empty()).collect();
        Self {
            name: masked_field("name", &name).unwrap_or(name),
            year: born.split('-').next().unwrap_or_default().to_owned(),
            flat: flat.join("-"),
            born,
        }
    }

    /// The birth date, where the record has one.
    pub(super) fn born(&self) -> Option<jiff::civil::Date> {
        self.born.parse().ok()
    }

    /// Seals it for a row of this id.
    ///
    /// # Errors
    /// When it does not serialise.
    pub fn seal(&self, custody: &Custody, id: &str) -> Result<Vec<u8>, Fault> {
        let label = serde_json::to_vec(self).map_err(|_| Fault::Internal("a label does not serialise"))?;
        custody.seal_state("desk_label", id, &label)
    }

    /// Opens the label of a row.
    ///
    /// # Errors
    /// When it was altered.
    pub fn unseal(custody: &Custody, id: &str, sealed: &[u8]) -> Result<Self, Fault> {
        let label = custody.open_state("desk_label", id, sealed)?;
        serde_json::from_slice(&label).map_err(|_| Fault::Stored("a label does not read"))
    }
}

/// A sitting.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// Its id, in addresses.
    pub id: SittingId,
    /// Who.
    pub resident: ResidentId,
    /// How pages call her.
    pub label: Label,
    /// When it ends by itself.
    pub ends_at: Timestamp,
}

pub(super) async fn open(app: &App, session: &Session, resident: &ResidentId, label: Label) -> Result<Sitting, Fault> {
    let now = app.now();
    let sitting = Sitting { id: random::id()?, resident: resident.clone(), label, ends_at: now.plus(LIFE) };
    let sealed = sitting.label.seal(&app.custody, sitting.id.as_str())?;
    let mut tx = app.db.begin().await?;
    store::insert_sitting(&mut tx, &sitting, &session.person.id, &sealed, now).await?;
    tx.commit().await?;
    Ok(sitting)
}

/// An open sitting of this person.
///
/// # Errors
/// `Over` when there is none: ended, run out, or a colleague's.
pub async fn sitting(app: &App, session: &Session, id: &SittingId) -> Result<Sitting, Refusal> {
    let mut tx = app.db.read().await?;
    let found = store::sitting(&mut tx, id, &session.person.id, app.now()).await?;
    let (resident, sealed, ends_at) = found.ok_or(Refusal::Over("no such sitting"))?;
    let label = Label::unseal(&app.custody, id.as_str(), &sealed)?;
    Ok(Sitting { id: id.clone(), resident, label, ends_at })
}

/// Staff stop because somebody is being pressed, the resident or they themselves: all that is open in the sitting ends, and
/// the auditors see it. Not the resident's book: whoever presses her may read that.
///
/// # Errors
/// `Over` when there is no such sitting.
pub async fn stop_under_pressure(
    app: &App, session: &Session, id: &SittingId, request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::end_sitting(&mut tx, id, &session.person.id, true, now).await? {
        return Err(Refusal::Over("no such sitting"));
    }
    store::stop_acts(&mut tx, id, now).await?;
    let entry = Entry {
        actor: Actor::Staff,
        person: Some(session.person.id.clone()),
        outcome: Outcome::Refused,
        reason: "desk_stopped_under_pressure",
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("staff", session.person.id.to_string()), ("sitting", id.to_string())]),
        ..Entry::about_nobody(Kind::Staff, now)
    };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(())
}
