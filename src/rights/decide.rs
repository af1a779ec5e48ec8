//! The staff decides on a correction: what was agreed to is written in the same transaction as the answer.

use std::collections::BTreeMap;

use super::Refusal;
use super::ask::{Proposal, proposal};
use super::field::{self, is_of_fingerprint};
use super::known::Known;
use crate::app::App;
use crate::cases::{self, Case, Outcome, StaffAnswer};
use crate::fault::Fault;
use crate::ids::{CaseId, RequestId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By};
use crate::roster::{self, Address};
use crate::vault::{self, Change};

/// How often her record is looked at again because somebody wrote it between the look and the held head.
const TRIES: u32 = 4;

/// Answers the case of a correction; agreed to, the field is written as she wanted it. Nobody agrees who has not read it.
///
/// # Errors
/// `Unknown` for a case of another kind, `NotRead`, `NotNow` when it is over, `DocumentTaken`, `Erased`, or when the
/// database fails.
pub async fn decide(app: &App, id: &CaseId, answer: StaffAnswer<'_>, request: &RequestId) -> Result<Case, Refusal> {
    let case = cases::find(&mut app.db.read().await?, id).await?.ok_or(Refusal::Unknown)?;
    let proposal = proposal(app, &case).await?.ok_or(Refusal::Unknown)?;
    let (field, _) = field::field(&proposal.field)?;
    let agreed = answer.outcome == Outcome::Agreed;
    let by = By::Staff(answer.person.clone());
    if agreed && !cases::was_read_by(&mut app.db.read().await?, id, answer.person).await? {
        return Err(Refusal::NotRead);
    }
    for _ in 0..TRIES {
        let known = match agreed && is_of_fingerprint(field) {
            true => Some(Known::of(app, &case.resident, &by, ("index", request)).await?),
            false => None,
        };
        let mut tx = app.db.begin().await?;
        let mut head = ledger::hold(&mut tx).await?;
        if let Some(known) = &known
            && !known.still_is(&mut tx, &case.resident).await?
        {
            continue;
        }
        let answered = cases::answer_by_staff(&mut tx, app, &mut head, id, answer).await?;
        if agreed {
            let resident = &case.resident;
            let fingerprint = known.map(|known| known.fingerprint(&proposal));
            let fields = BTreeMap::from([(field, proposal.value)]);
            let change =
                Change { resident, fields, fingerprint, by: &by, reason: "correction_agreed", request: Some(request) };
            vault::write(&mut tx, app, &mut head, change).await?;
            let tell = Tell { resident, word: Word::Corrected, client: None, about: Some(case.id.as_str()) };
            inbox::put(&mut tx, &tell, app.now()).await?;
        }
        head.commit(tx).await?;
        return Ok(answered);
    }
    Err(Fault::Internal("a record is written faster than it is read").into())
}

impl Known {
    /// By what she is known again after this change.
    fn fingerprint(mut self, proposal: &Proposal) -> String {
        self.fields.insert(proposal.field.clone(), proposal.value.clone());
        let mut text = |name: &str| self.fields.remove(name).unwrap_or_default();
        let address = Address { building: text("building"), unit: text("unit"), room: text("room") };
        roster::fingerprint(&text("name"), &text("birth_date"), &address)
    }
}
