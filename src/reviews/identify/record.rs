//! A request as it lies in the table, read: what was signed counts, and columns can only take it away.

use super::{APPROVE, ASK, Identify, Standing};
use crate::app::App;
use crate::custody::Desk;
use crate::fault::Fault;
use crate::ids::{IdentifyId, PersonId};
use crate::people::{Proof, Recorded, Role};
use crate::reviews::store::NameRow;

fn place<'a>(id: &'a IdentifyId, field: &'static str) -> Desk<'a> {
    Desk { table: "review_name", field, id: id.as_str(), version: 1 }
}

pub(super) fn seal(app: &App, id: &IdentifyId, field: &'static str, proof: &Proof) -> Result<Vec<u8>, Fault> {
    let bytes = serde_json::to_vec(proof).map_err(|_| Fault::Internal("a proof does not serialise"))?;
    app.custody.seal_for_auditors(place(id, field), &bytes)
}

pub(super) fn read(app: &App, row: NameRow) -> Result<Identify, Fault> {
    let id = IdentifyId::stored(row.id);
    let opened = app.custody.open_for_auditors(place(&id, "asked"), &row.asked)?;
    let proof: Proof = serde_json::from_slice(&opened).map_err(|_| Fault::Stored("a proof"))?;
    let signed = proof.recorded(app)?;
    let fact = |name: &str| signed.fact(name).map(str::to_owned).ok_or(Fault::Stored("a request without its facts"));
    if signed.what != ASK || signed.person.as_str() != row.asked_by {
        return Err(Fault::Stored("a request of somebody else"));
    }
    let approval = row.approval.as_deref().and_then(|sealed| approval(app, &id, sealed, &proof, &signed));
    let now = app.now();
    let standing = match (row.outcome.as_deref(), &approval) {
        (Some("opened"), _) => Standing::Opened,
        (Some(_), _) => Standing::Cancelled,
        (None, Some(approval)) if approval.is_open(now) => Standing::Approved(approval.until.seconds()),
        (None, None) if signed.is_open(now) => Standing::Waiting(signed.until.seconds()),
        (None, _) => Standing::Lapsed,
    };
    Ok(Identify {
        alias: fact("alias")?,
        reason: fact("reason")?,
        id,
        asked_by: PersonId::stored(row.asked_by),
        asked_at: row.asked_at,
        approved_by: approval.map(|approval| approval.person),
        standing,
        proof,
    })
}

/// The second hand, from what it signed: another auditor, over these very bytes, in time. What a column says of it counts for
/// nothing: whoever writes to the database can take an approval away, and cannot make one.
fn approval(app: &App, id: &IdentifyId, sealed: &[u8], asked: &Proof, signed: &Recorded) -> Option<Recorded> {
    let opened = app.custody.open_for_auditors(place(id, "approval"), sealed).ok()?;
    let approval = serde_json::from_slice::<Proof>(&opened).ok()?.recorded(app).ok()?;
    let these = approval.what == APPROVE && approval.fact("asked") == Some(asked.record.as_str());
    let another = approval.person != signed.person && approval.role == Role::Auditor;
    (these && another && approval.at < signed.until).then_some(approval)
}
