//! What is read in an emergency: through the gate, one entry for each resident, before a byte is opened.

use serde_json::{Map, Value};

use super::{Refusal, State, find};
use crate::app::App;
use crate::ids::{EmergencyId, RequestId};
use crate::ledger::queue::Asker;
use crate::people::Session;
use crate::vault;

/// What was opened of one resident.
#[derive(Debug, Clone)]
pub struct Read {
    /// The entry.
    pub position: u64,
    /// The claims, in the order in which they were asked for; what the record does not hold is missing.
    pub claims: Map<String, Value>,
}

/// Opens what was approved, of everybody it is about. The claims are those that both signed.
///
/// # Errors
/// `Over` before it is approved or after it has ended; `Vault` with what the gate says, entered as well: a third person,
/// somebody of the two who has left, or no reads left.
pub async fn read(app: &App, session: &Session, id: &EmergencyId, request: &RequestId) -> Result<Vec<Read>, Refusal> {
    let mut tx = app.db.read().await?;
    let emergency = find(&mut tx, app, id).await?.ok_or(Refusal::NotFound)?;
    if emergency.state(app.now()) != State::Open {
        return Err(Refusal::Over("not approved, or over"));
    }
    let wanted = emergency.wanted.ok_or(Refusal::Over("the resident was erased"))?;
    let residents = vault::break_glass::residents(&mut tx, id).await?;
    drop(tx);
    let mut all = Vec::with_capacity(residents.len());
    let (mut refused, mut broken) = (None, None);
    for resident in residents {
        let asker = Asker::Emergency { resident, person: session.person.id.clone(), emergency: id.clone() };
        match vault::disclose(app, asker, Some(wanted.claims.clone()), request.clone()).await {
            Ok(disclosed) => all.push(Read { position: disclosed.position, claims: disclosed.claims }),
            // Of many, one whose record was sealed or erased since must not keep the others from being found.
            Err(no @ vault::Refusal::NoBasis { .. }) => refused = Some(no),
            // Nor one whose record somebody damaged: the others' numbers are what a fire waits for.
            Err(other) => {
                tracing::error!(reason = %other, request = %request, "a record could not be opened in an emergency");
                broken = Some(other);
            }
        }
    }
    match refused.or(broken) {
        Some(no) if all.is_empty() => Err(no.into()),
        _ => Ok(all),
    }
}
