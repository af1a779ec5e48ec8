//! An objection to what is done without asking her (PIPL 44, 13(1) items 2 to 7).

use serde_json::Value;

use super::{About, Kind, New, Opened, Refusal, Said, open, store};
use crate::app::App;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, By};

/// What stands for a basis in the place of a purpose: `basis.roster`.
#[must_use]
pub fn basis_purpose(code: &str) -> String {
    format!("basis.{code}")
}

/// Opens her objection to a basis of the catalogue; the staff answers it. Pressed twice, it is one case.
///
/// # Errors
/// `Unknown` when there is no such basis, `TooMany`, or when the database fails.
pub async fn object_to_basis(
    app: &App, resident: &ResidentId, code: &str, words: &Said, by: &By, request: &RequestId,
) -> Result<Opened, Refusal> {
    let basis = app.catalogue.bases().get(code).ok_or(Refusal::Unknown)?;
    let purpose = basis_purpose(code);
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    // Under the ledger's head there is one of us at a time.
    let all = store::of_resident(&mut tx, resident).await?;
    let same = |case: &&super::Case| {
        case.kind == Kind::Objection && case.purpose.as_deref() == Some(purpose.as_str()) && case.closed_at.is_none()
    };
    if let Some(before) = all.iter().find(same) {
        return Ok(Opened::Before(before.id.clone()));
    }
    let about = About { purpose: Some(purpose), claims: basis.fields.clone(), ..About::default() };
    let new = New {
        resident,
        kind: Kind::Objection,
        client: None,
        about,
        words,
        shares: false,
        proposed: Value::Null,
        by,
        request: Some(request),
    };
    let opened = open(&mut tx, app, &mut head, new).await?;
    head.commit(tx).await?;
    Ok(opened)
}
