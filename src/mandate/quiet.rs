//! "Only I, from now on": for whoever is afraid of somebody near her. One press ends all that others may do for her,
//! and nobody is told: no message, no line in the other's book, no word that it was she who ended it.

use super::record::{EndedBy, Standing};
use super::{Refusal, end_one, store};
use crate::app::App;
use crate::custody;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, By, Entry};
use crate::resident::{self, Session};

/// Ends, without a word, every mandate that she gave, signs out every other browser, and shields her from her
/// household ([`super::is_shielded`]). It stands in her own book alone. Again changes nothing more.
///
/// # Errors
/// When the database fails; then nothing of it is done.
pub async fn only_myself(app: &App, session: &Session, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    let whose = &session.resident;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    super::offer::still_there(&mut tx, session).await?;
    for mandate in store::of_principal(&mut tx, whose).await? {
        // A guardianship is not hers to end (民法典 36): the desk is where a child is heard.
        let is_open = matches!(mandate.standing(now), Standing::Waiting | Standing::InForce);
        if is_open && mandate.kind != super::Kind::Guardian {
            let by = (EndedBy::Principal, &By::Resident, true);
            end_one(&mut tx, app, &mut head, &mandate, by, Some(request)).await?;
        }
    }
    store::shield(&mut tx, whose, now).await?;
    let entry = Entry { reason: "shielded", request: Some(request.clone()), ..about(whose, app) };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    resident::end_others(app, session).await?;
    Ok(())
}

/// Takes the shield off again; mandates stay ended.
///
/// # Errors
/// When the database fails.
pub async fn open_again(app: &App, session: &Session, request: &RequestId) -> Result<(), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    super::offer::still_there(&mut tx, session).await?;
    if store::unshield(&mut tx, &session.resident).await? {
        let entry = Entry { reason: "unshielded", request: Some(request.clone()), ..about(&session.resident, app) };
        let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
        head.commit(tx).await?;
    }
    Ok(())
}

fn about(whose: &ResidentId, app: &App) -> Entry {
    Entry::about(ledger::Kind::Mandate, whose, app.now())
}
