//! The first hand.

use super::{Refusal, Step, Target, Wanted, enter, is_blocked, listed, store};
use crate::app::App;
use crate::crypto::random;
use crate::custody;
use crate::ids::{EmergencyId, RequestId};
use crate::ledger::{self, By};
use crate::people::{self, Confirmed, Session};
use crate::resident;

/// Asks: nothing is opened by that. `confirmed`: [`Wanted::act`], signed just now.
///
/// # Errors
/// `Blocked`, `Unfit` for a resident who is erased or sealed, or a building in which nobody agreed, `People` when something
/// else was signed.
pub async fn ask(
    app: &App, session: &Session, wanted: &Wanted, confirmed: &Confirmed, request: &RequestId,
) -> Result<EmergencyId, Refusal> {
    wanted.check(app)?;
    let proof = confirmed.proves(&wanted.act())?;
    let signed = proof.recorded(app)?;
    let id: EmergencyId = random::id()?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !people::session_is_open(&mut tx, session).await? || signed.person != session.person.id {
        return Err(people::Refusal::CeremonyEnded("the session ended").into());
    }
    if is_blocked(&mut tx, app).await? {
        return Err(Refusal::Blocked);
    }
    let about = match &wanted.target {
        Target::Resident(resident, _) => {
            if resident::is_sealed(&mut tx, resident).await? {
                return Err(Refusal::Unfit("a sealed record"));
            }
            // What is written about her from here on would stay after she was erased.
            if custody::wrapped_keys(&mut tx, resident).await?.is_none_or(|keys| keys.wrapped_rk.is_none()) {
                return Err(Refusal::Unfit("an erased record"));
            }
            vec![resident.clone()]
        }
        Target::Building(name) => {
            if listed::of_building(&mut tx, app, name).await?.is_empty() {
                return Err(Refusal::Unfit("nobody in this building agreed"));
            }
            Vec::new()
        }
    };
    store::insert(&mut tx, app, &id, about.first(), proof, &signed).await?;
    let notes = vec![
        ("case", wanted.case.clone()),
        ("why", wanted.reason.clone()),
        ("claims", wanted.claims.join(" ")),
        ("key", confirmed.key().to_string()),
    ];
    let by = By::Staff(session.person.id.clone());
    let step = Step { id: &id, reason: "emergency_asked", is_refused: false, by: &by, notes, request };
    enter(&mut tx, app, &mut head, &step, &about).await?;
    head.commit(tx).await?;
    Ok(id)
}
