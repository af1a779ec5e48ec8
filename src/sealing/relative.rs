//! A near relative asks for what is hers of the record of somebody who died (PIPL 49).
//!
//! The case is the relative's own; she says who died and what she asks, and is told nothing before the staff has seen her
//! papers: this page must not tell who has died, or who ever lived here. The staff says which record it is about. Before
//! the seven days of a sealing are over, nothing is granted.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::sealed::Sealing;
use super::store::{self, Grant};
use super::{Refusal, arrangement};
use crate::app::App;
use crate::cases::{self, About, Case, Kind, New, Outcome, Said, StaffAnswer};
use crate::claims::release::Fields;
use crate::custody;
use crate::db::Tx;
use crate::erasure;
use crate::fault::Fault;
use crate::ids::{CaseId, RequestId, ResidentId, SealingId};
use crate::ledger::{self, By, Entry, Extra, Head, Kind as Entered};
use crate::vault;

/// How long a copy may be fetched.
const COPY: Duration = Duration::from_secs(30 * 86_400);

/// What a relative may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// To see the record, and a copy of it.
    Copy,
    /// That it is erased.
    Erase,
}

impl Asks {
    /// The word in forms, in entries and in locales.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Erase => "erase",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Copy, Self::Erase].into_iter().find(|one| one.as_str() == word)
    }
}

/// A relative's wish, as it lies sealed in her case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Who died, as she writes it.
    pub deceased: String,
    /// What she was to whoever died: one of [`RELATIONS`].
    pub relation: String,
    /// What she asks for.
    pub asks: Asks,
}

/// Near relatives (Civil Code 1045): the words in forms and locales.
pub const RELATIONS: [&str; 5] = ["spouse", "child", "parent", "sibling", "grand"];

/// Opens her case.
///
/// # Errors
/// `Nothing` without a name or words, `TooMany`, or when the database fails.
pub async fn ask(
    app: &App, relative: &ResidentId, wish: &Wish, words: &Said, request: &RequestId,
) -> Result<CaseId, cases::Refusal> {
    if wish.deceased.trim().is_empty() || !RELATIONS.contains(&wish.relation.as_str()) || words.as_str().is_empty() {
        return Err(cases::Refusal::Nothing);
    }
    let proposed = serde_json::to_value(wish).map_err(|_| Fault::Internal("a wish does not serialise"))?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let new = New {
        resident: relative,
        kind: Kind::Relative,
        client: None,
        about: About::default(),
        words,
        shares: false,
        proposed,
        by: &By::Resident,
        request: Some(request),
    };
    let opened = cases::open(&mut tx, app, &mut head, new).await?;
    head.commit(tx).await?;
    Ok(opened.id().clone())
}

/// What a case of this kind asks, from its first step.
#[must_use]
pub fn wish(steps: &[cases::Step]) -> Option<Wish> {
    serde_json::from_value(steps.first()?.proposed.clone()).ok()
}

/// The staff decides; `sealing`: which record it is about, needed to agree.
///
/// # Errors
/// `NotFound` for a case of another kind, `Unfit` when whoever died arranged otherwise or asks about no sealed record,
/// `TooEarly` within the seven days of the sealing, `Over` when the case is.
pub async fn decide(
    app: &App, id: &CaseId, answer: StaffAnswer<'_>, sealing: Option<&SealingId>, request: &RequestId,
) -> Result<(), Refusal> {
    let case = cases::find(&mut app.db.read().await?, id).await?.filter(|case| case.kind == Kind::Relative);
    let case = case.ok_or(Refusal::NotFound)?;
    let steps = cases::history(&mut app.db.read().await?, app, &case).await?;
    let wish = wish(&steps).ok_or(Fault::Stored("a relative's case without her wish"))?;
    let by = By::Staff(answer.person.clone());
    let agreed = answer.outcome == Outcome::Agreed;
    let name = if agreed { own_name(app, &case, &by, request).await? } else { String::new() };
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let sealing = match sealing {
        Some(sealing) => Some(store::find(&mut tx, &app.custody, sealing).await?.ok_or(Refusal::NotFound)?),
        None => None,
    };
    if agreed {
        let sealing = sealing.as_ref().ok_or(Refusal::Unfit("no record was named"))?;
        grant(&mut tx, app, &mut head, (&case, &wish, &name), sealing, &answer, request).await?;
    }
    if let Some(sealing) = &sealing {
        let reason = if agreed { "relative_granted" } else { "relative_declined" };
        enter(&mut tx, app, &mut head, &sealing.resident, (reason, &case.id), &by, request).await?;
    }
    cases::answer_by_staff(&mut tx, app, &mut head, id, answer).await.map_err(|no| match no {
        cases::Refusal::Fault(fault) => Refusal::Fault(fault),
        _ => Refusal::Over("the case is over"),
    })?;
    head.commit(tx).await?;
    Ok(())
}

async fn grant(
    tx: &mut Tx, app: &App, head: &mut Head, (case, wish, name): (&Case, &Wish, &str), sealing: &Sealing,
    answer: &StaffAnswer<'_>, request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    if sealing.resident == case.resident {
        return Err(Refusal::Unfit("her own record"));
    }
    if !sealing.is_final(now) {
        return Err(Refusal::TooEarly);
    }
    if !arrangement(tx, app, &sealing.resident).await?.lets(name) {
        return Err(Refusal::Unfit("arranged otherwise in her lifetime"));
    }
    match wish.asks {
        Asks::Copy => {
            let grant =
                Grant { resident: sealing.resident.clone(), person: answer.person.clone(), until: now.plus(COPY) };
            store::grant(tx, &case.id, &case.resident, &grant, now).await?;
        }
        Asks::Erase => {
            let by = By::Staff(answer.person.clone());
            erasure::begin_for(tx, app, head, &sealing.resident, &by, request).await?;
        }
    }
    Ok(())
}

/// How the relative herself is called in her record; that it was looked at stands in her book.
async fn own_name(app: &App, case: &Case, by: &By, request: &RequestId) -> Result<String, Refusal> {
    let names = ["name".to_owned()];
    let mut known = vault::look_for(app, &case.resident, by, &names, "relative_case", request.clone()).await?;
    Ok(known.remove("name").unwrap_or_default())
}

/// What lies in the record that a case granted to this relative: field by field, opened for her once that stands in the
/// book of whoever died.
///
/// # Errors
/// `NotFound` when nothing was granted, the thirty days are over, or the record is open or erased.
pub async fn copy(
    app: &App, relative: &ResidentId, case: &CaseId, request: &RequestId,
) -> Result<(ResidentId, Fields), Refusal> {
    let grant = store::grant_of(&mut app.db.read().await?, case, relative, app.now()).await?;
    let grant = grant.ok_or(Refusal::NotFound)?;
    let names = crate::claims::FIELDS.map(str::to_owned);
    let by = By::Staff(grant.person);
    let values = vault::look_for(app, &grant.resident, &by, &names, "relative_copy", request.clone()).await?;
    let filled: BTreeMap<_, _> = values.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    Ok((grant.resident, filled))
}

async fn enter(
    tx: &mut Tx, app: &App, head: &mut Head, resident: &ResidentId, (reason, case): (&'static str, &CaseId), by: &By,
    request: &RequestId,
) -> Result<(), Fault> {
    let entry = Entry {
        reason,
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("case", case.to_string())]),
        ..Entry::about(Entered::Staff, resident, app.now())
    };
    let _pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    Ok(())
}
