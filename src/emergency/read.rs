//! What is read in an emergency: through the gate, one entry for each resident, before a byte is opened.

use serde_json::{Map, Value};
use tokio::task::JoinSet;

use super::{Refusal, find};
use crate::app::App;
use crate::fault::Fault;
use crate::ids::{EmergencyId, RequestId, ResidentId};
use crate::ledger::queue::Asker;
use crate::people::Session;
use crate::vault;

/// So many of a building's list are at the gate at a time: it takes those that wait together.
const TOGETHER: usize = 64;

/// What was opened.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    /// Of whom something was read.
    pub read: Vec<Read>,
    /// Of how many more nothing was: sealed or erased since, or damaged.
    pub missing: usize,
}

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
/// `Over` before it is approved; `Vault` with what the gate says, entered as well: a third person, somebody of the two who
/// has left, after the end, or no reads left.
pub async fn read(app: &App, session: &Session, id: &EmergencyId, request: &RequestId) -> Result<Opened, Refusal> {
    let mut tx = app.db.read().await?;
    let emergency = find(&mut tx, app, id).await?.ok_or(Refusal::NotFound)?;
    if emergency.approved.is_none() {
        return Err(Refusal::Over("not approved"));
    }
    let wanted = emergency.wanted.ok_or(Refusal::Over("the resident was erased, or it does not read"))?;
    let residents = vault::break_glass::residents(&mut tx, id).await?;
    drop(tx);
    let (mut opened, mut no) = (Opened::default(), None);
    for some in residents.chunks(TOGETHER) {
        for outcome in together(app, session, (id, &wanted.claims), some, request).await? {
            match outcome {
                Ok(disclosed) => opened.read.push(Read { position: disclosed.position, claims: disclosed.claims }),
                // Of many, one whose record was sealed, erased or damaged must not keep the others from being found.
                Err(other) => {
                    if !matches!(other, vault::Refusal::NoBasis { .. }) {
                        tracing::error!(reason = %other, request = %request, "a record did not open in an emergency");
                    }
                    opened.missing += 1;
                    no = Some(other);
                }
            }
        }
    }
    match no {
        Some(no) if opened.read.is_empty() => Err(no.into()),
        _ => Ok(opened),
    }
}

/// Asks the gate for some of them at once; the answers in their order.
async fn together(
    app: &App, session: &Session, (id, claims): (&EmergencyId, &[String]), some: &[ResidentId], request: &RequestId,
) -> Result<Vec<Result<vault::Disclosed, vault::Refusal>>, Fault> {
    let mut running = JoinSet::new();
    for (at, resident) in some.iter().enumerate() {
        let (resident, person, emergency) = (resident.clone(), session.person.id.clone(), id.clone());
        let (app, claims, request) = (app.clone(), claims.to_vec(), request.clone());
        let asker = Asker::Emergency { resident, person, emergency };
        running.spawn(async move { (at, vault::disclose(&app, asker, Some(claims), request).await) });
    }
    let mut all = Vec::with_capacity(some.len());
    while let Some(ended) = running.join_next().await {
        all.push(ended.map_err(|_| Fault::Internal("a read in an emergency did not end"))?);
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, outcome)| outcome).collect())
}
