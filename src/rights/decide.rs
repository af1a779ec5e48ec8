//! The staff decides on a correction: what was agreed to is written in the same transaction as the answer.

use std::collections::BTreeMap;

use super::Refusal;
use super::ask::{Proposal, proposal};
use super::field::{self, is_of_fingerprint};
use crate::app::App;
use crate::cases::{self, Case, Outcome, StaffAnswer};
use crate::ids::{CaseId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By};
use crate::roster::{self, Address};
use crate::vault::{self, Change};

/// Answers the case of a correction; agreed to, the field is written as she wanted it.
///
/// # Errors
/// `Unknown` for a case of another kind, `NotNow` when it is over, `DocumentTaken`, `Erased`, or when the database fails.
pub async fn decide(app: &App, id: &CaseId, answer: StaffAnswer<'_>, request: &RequestId) -> Result<Case, Refusal> {
    let case = cases::find(&mut app.db.read().await?, id).await?.ok_or(Refusal::Unknown)?;
    let proposal = proposal(app, &case).await?.ok_or(Refusal::Unknown)?;
    let (field, _) = field::field(&proposal.field)?;
    let agreed = answer.outcome == Outcome::Agreed;
    let by = By::Staff(answer.person.clone());
    let fingerprint = match agreed && is_of_fingerprint(field) {
        true => Some(fingerprint(app, &case.resident, &proposal, &by, request).await?),
        false => None,
    };
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let answered = cases::answer_by_staff(&mut tx, app, &mut head, id, answer).await?;
    if agreed {
        let resident = &case.resident;
        let fields = BTreeMap::from([(field, proposal.value)]);
        let change =
            Change { resident, fields, fingerprint, by: &by, reason: "correction_agreed", request: Some(request) };
        vault::write(&mut tx, app, &mut head, change).await?;
        let tell = Tell { resident, word: Word::Corrected, client: None, about: Some(case.id.as_str()) };
        inbox::put(&mut tx, &tell, app.now()).await?;
    }
    head.commit(tx).await?;
    Ok(answered)
}

/// By what she is known again after this change: the rest of it is opened, and that stands in her book.
async fn fingerprint(
    app: &App, resident: &ResidentId, proposal: &Proposal, by: &By, request: &RequestId,
) -> Result<String, Refusal> {
    let names = ["name", "birth_date", "building", "unit", "room"].map(str::to_owned);
    let mut known = vault::look_for(app, resident, by, &names, "index", request.clone()).await?;
    known.insert(proposal.field.clone(), proposal.value.clone());
    let mut text = |name: &str| known.remove(name).unwrap_or_default();
    let address = Address { building: text("building"), unit: text("unit"), room: text("room") };
    Ok(roster::fingerprint(&text("name"), &text("birth_date"), &address))
}
