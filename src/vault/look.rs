//! Own eyes: a resident's own data page, and the values that a consent page shows before anything is agreed.
//!
//! They go through the gate like every other read; the visitors' book folds them into one line a day. The operator's
//! look, when invitations are printed, stands in the book by itself.

use super::disclose::{open, surroundings};
use super::eyes::FIELDS_OF_A_SLIP;
use super::{Refusal, store};
use crate::app::App;
use crate::claims::release::{self, Fields};
use crate::custody;
use crate::fault::Fault;
use crate::ids::{PersonId, RequestId, ResidentId};
use crate::ledger::queue::Asker;
use crate::ledger::{By, Logged};
use serde_json::Value;

/// A claim as it would go out.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The claim that was asked for.
    pub claim: String,
    /// The name and value it would go out with; `None` when the record does not hold it.
    pub released: Option<(String, Value)>,
}

/// The resident's own fields, opened for her or for somebody who may act for her.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn look(
    app: &App, resident: &ResidentId, by: &By, fields: &[String], request: RequestId,
) -> Result<Fields, Refusal> {
    look_for(app, resident, by, fields, "my_data", request).await
}

/// As [`look`], on another occasion, as a code: `export`, `move`.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn look_for(
    app: &App, resident: &ResidentId, by: &By, fields: &[String], reason: &'static str, request: RequestId,
) -> Result<Fields, Refusal> {
    let asker = Asker::OwnEyes { resident: resident.clone(), by: by.clone(), reason };
    let allowed = app.gate.ask(asker, Some(fields.to_vec()), request).await?;
    Ok(open(app, &allowed, &allowed.claims).await?)
}

/// What an invitation's slip says of a resident, for the operator's eyes.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn look_for_slip(app: &App, resident: &ResidentId, request: RequestId) -> Result<Fields, Refusal> {
    let asker = Asker::Operator { resident: resident.clone(), reason: "invitation" };
    let fields = FIELDS_OF_A_SLIP.map(str::to_owned).to_vec();
    let allowed = app.gate.ask(asker, Some(fields), request).await?;
    Ok(open(app, &allowed, &allowed.claims).await?)
}

/// Where to write to a resident, for the courier: her address by one way, and her language.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn look_to_write(
    app: &App, resident: &ResidentId, fields: &[String], request: RequestId,
) -> Result<Fields, Refusal> {
    let asker = Asker::Operator { resident: resident.clone(), reason: "letter" };
    let allowed = app.gate.ask(asker, Some(fields.to_vec()), request).await?;
    Ok(open(app, &allowed, &allowed.claims).await?)
}

/// What staff at the desk see of a resident they found: as much as a slip says, to compare with the person before them.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn look_at_desk(
    app: &App, resident: &ResidentId, person: &PersonId, request: RequestId,
) -> Result<Fields, Refusal> {
    let asker = Asker::Staff { resident: resident.clone(), person: person.clone(), reason: "desk_look" };
    let fields = FIELDS_OF_A_SLIP.map(str::to_owned).to_vec();
    let allowed = app.gate.ask(asker, Some(fields), request).await?;
    Ok(open(app, &allowed, &allowed.claims).await?)
}

/// The values that would go out for these claims, for the resident's own eyes or those of somebody who may act for
/// her.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn preview(
    app: &App, resident: &ResidentId, by: &By, claims: &[String], request: RequestId,
) -> Result<Vec<Shown>, Refusal> {
    show(app, resident, by, claims, "consent_page", request).await
}

/// How a page, or an authenticator, calls the resident: her masked name, if the record has one.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn greeting(app: &App, resident: &ResidentId, request: RequestId) -> Result<Option<String>, Refusal> {
    name(app, resident, &By::Resident, request).await
}

/// How pages call a resident for whom somebody acts, or who acts for somebody: her masked name, entered as seen by
/// the other.
///
/// # Errors
/// When the gate cannot enter the look.
pub async fn name(app: &App, resident: &ResidentId, by: &By, request: RequestId) -> Result<Option<String>, Refusal> {
    let shown = show(app, resident, by, &["name_masked".to_owned()], "greeting", request).await?;
    let name = shown.into_iter().next().and_then(|shown| shown.released);
    Ok(name.and_then(|(_, value)| value.as_str().map(str::to_owned)))
}

async fn show(
    app: &App, resident: &ResidentId, by: &By, claims: &[String], reason: &'static str, request: RequestId,
) -> Result<Vec<Shown>, Refusal> {
    let asker = Asker::OwnEyes { resident: resident.clone(), by: by.clone(), reason };
    let allowed = app.gate.ask(asker, Some(claims.to_vec()), request).await?;
    let fields = open(app, &allowed, &app.catalogue.fields_of(&allowed.claims)).await?;
    let around = surroundings(app, &fields, app.now().seconds()).await?;
    let shown = |claim: &String| Shown { claim: claim.clone(), released: release::release(claim, &fields, &around) };
    // What the gate left out is not shown at all: a delegate does not learn whether there is any.
    Ok(allowed.claims.iter().map(shown).collect())
}

/// The name of a resident whose look is logged and committed: for auditors, two of whom wanted to know who she is.
/// `None`: her record has none, or it was erased.
///
/// # Errors
/// When the proof is of another access, or a field was altered.
pub async fn name_by(app: &App, logged: &Logged, resident: &ResidentId) -> Result<Option<String>, Fault> {
    let mut tx = app.db.read().await?;
    let keys = custody::wrapped_keys(&mut tx, resident).await?;
    let field = store::of_resident(&mut tx, resident).await?.into_iter().find(|field| field.field == "name");
    drop(tx);
    let (Some(keys), Some(field)) = (keys, field) else { return Ok(None) };
    let Some(wrapped) = keys.wrapped_rk else { return Ok(None) };
    let key = app.custody.unlock(logged, resident, &wrapped, keys.rk_version)?;
    let value = key.open(logged, &field.field, field.version.cast_unsigned(), &field.sealed)?;
    Ok(Some(value.as_str().to_owned()))
}
