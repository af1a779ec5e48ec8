//! Asking for a correction that others rely on: a case for the staff, with what is to be written sealed inside it.

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::field::{self, Way};
use crate::app::App;
use crate::cases::{self, About, Case, Kind, New, Opened, Said};
use crate::ids::{CaseId, RequestId, ResidentId};
use crate::ledger::{self, By};

/// What a correction wants written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which field.
    pub field: String,
    /// Its new value, in the one spelling that is kept; empty: it is to be taken away.
    pub value: String,
}

/// What a resident wants corrected.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// Which field.
    pub field: &'a str,
    /// What is right, as she wrote it.
    pub text: &'a str,
    /// The kind of her document, as the record says it: a number is read by its rules.
    pub document_type: &'a str,
    /// By what the staff can see that it is right.
    pub evidence: &'a Said,
}

/// Opens a case for a field that the staff checks.
///
/// # Errors
/// `NoField`, `NotAValue`, `TooMany`, or when the database fails.
pub async fn ask(
    app: &App, resident: &ResidentId, wanted: &Wanted<'_>, by: &By, request: &RequestId,
) -> Result<CaseId, Refusal> {
    let (field, way) = field::field(wanted.field)?;
    if way == Way::AtOnce {
        return Err(Refusal::NoField);
    }
    let value = field::read(field, wanted.text, wanted.document_type, app.today())?;
    let proposal = Proposal { field: field.to_owned(), value };
    let proposed =
        serde_json::to_value(&proposal).map_err(|_| crate::fault::Fault::Internal("a proposal does not serialise"))?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let new = New {
        resident,
        kind: Kind::Correction,
        client: None,
        about: About { claims: vec![field.to_owned()], ..About::default() },
        words: wanted.evidence,
        shares: false,
        proposed,
        by,
        request: Some(request),
    };
    let opened: Opened = cases::open(&mut tx, app, &mut head, new).await?;
    head.commit(tx).await?;
    Ok(opened.id().clone())
}

/// What the case of a correction wants written; `None` for cases of other kinds.
///
/// # Errors
/// When the database fails or the case was altered.
pub async fn proposal(app: &App, case: &Case) -> Result<Option<Proposal>, Refusal> {
    if case.kind != Kind::Correction {
        return Ok(None);
    }
    let steps = cases::history(&mut app.db.read().await?, app, case).await?;
    let first = steps.into_iter().next().map(|step| step.proposed).unwrap_or_default();
    Ok(serde_json::from_value(first).ok())
}

/// The fields of a resident that wait for the staff.
///
/// # Errors
/// When the database fails.
pub async fn waiting(app: &App, resident: &ResidentId) -> Result<Vec<(String, CaseId)>, Refusal> {
    let cases = cases::of_resident(&mut app.db.read().await?, resident).await?;
    let open = cases.into_iter().filter(|case| case.kind == Kind::Correction && !case.is_over());
    Ok(open.filter_map(|case| Some((case.claims.first()?.clone(), case.id))).collect())
}
