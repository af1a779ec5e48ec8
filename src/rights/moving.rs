//! Moving out: consents end, apps are told, and the record says that she lives here no more.

use std::collections::BTreeMap;

use super::Refusal;
use super::known::Known;
use crate::app::App;
use crate::claims::release::Fields;
use crate::consent::{self, State};
use crate::events;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, By};
use crate::mandate;
use crate::resident::{self, Act, Confirmed, Session};
use crate::roster::{self, Address};
use crate::vault::{self, Change};

/// The act that is confirmed.
pub const MOVE: &str = "move.out";

const FLAT: [&str; 3] = ["building", "unit", "room"];

/// The act of moving out, to be confirmed with a passkey.
#[must_use]
pub fn moving(resident: &ResidentId) -> Act {
    Act::new(MOVE, resident)
}

/// Whether the record says that somebody lives here.
#[must_use]
fn lives_here(fields: &Fields) -> bool {
    FLAT.iter().any(|name| fields.get(*name).is_some_and(|value| !value.is_empty()))
}

/// A resident moves out, by her own confirmed word. Her pages stay hers: the book, a copy, erasure. How many consents
/// ended.
///
/// # Errors
/// `MovedOutBefore`, `NotConfirmed`, `SessionEnded` when the session ended meanwhile, `Erased`, or when the database
/// fails.
pub async fn move_out(
    app: &App, session: &Session, confirmed: &Confirmed, request: &RequestId,
) -> Result<usize, Refusal> {
    let resident = &session.resident;
    confirmed.proves(&moving(resident)).map_err(|_| Refusal::NotConfirmed)?;
    let by = By::Resident;
    let known = Known::of(app, resident, &by, ("move_out", request)).await?;
    if !lives_here(&known.fields) {
        return Err(Refusal::MovedOutBefore);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !resident::session_is_open(&mut tx, session).await? {
        return Err(Refusal::SessionEnded);
    }
    if !known.still_is(&mut tx, resident).await? {
        // Pressed twice, or the staff wrote at the same moment: what it says now she has not seen.
        return Err(Refusal::MovedOutBefore);
    }
    let ended = consent::end_all(&mut tx, app, &mut head, resident, State::Revoked, &by, Some(request)).await?;
    mandate::end_all(&mut tx, app, &mut head, resident, &by, Some(request)).await?;
    events::moved_out(&mut tx, app, resident, Some(request)).await?;
    let text = |name: &str| known.fields.get(name).cloned().unwrap_or_default();
    let change = Change {
        resident,
        fields: BTreeMap::from(FLAT.map(|name| (name, String::new()))),
        fingerprint: Some(roster::fingerprint(&text("name"), &text("birth_date"), &Address::default())),
        by: &by,
        reason: "moved_out",
        request: Some(request),
    };
    vault::write(&mut tx, app, &mut head, change).await?;
    head.commit(tx).await?;
    Ok(ended.len())
}
