//! The second hand.

use super::{OPEN, REVIEW, Refusal, State, Step, Target, Wanted, enter, find, is_blocked, listed, store};
use crate::app::App;
use crate::db::Tx;
use crate::ids::{EmergencyId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By};
use crate::people::{self, Confirmed, Session, two_hands};
use crate::vault;

/// What the approving act is called ([`people::confirm::approval`]).
pub const APPROVE: &str = "emergency.approve";

/// Approves, word for word what was asked for: from now on the two may read, and whom it is about is told.
///
/// # Errors
/// `People` (`SameHand` for whoever asked, `Late`, another act signed), `Over` when it was approved or ended before or
/// whoever asked has left, `Blocked`, `Unfit` when there is nobody any more whom it is about.
pub async fn approve(
    app: &App, session: &Session, id: &EmergencyId, confirmed: &Confirmed, request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let emergency = find(&mut tx, app, id).await?.ok_or(Refusal::NotFound)?;
    let asked = emergency.asked.as_ref().ok_or(Refusal::Over("the resident was erased"))?;
    if emergency.approved.is_some() || emergency.ended.is_some() {
        return Err(Refusal::Over("approved or ended before"));
    }
    let signed = two_hands(app, asked, confirmed, APPROVE)?;
    let wanted = Wanted::read(&signed).ok_or(Refusal::Unfit("not what emergencies are asked for with"))?;
    wanted.check(app)?;
    if emergency.state(now) != State::Asked || signed.person != emergency.asked_by {
        return Err(Refusal::Over("too late, or altered"));
    }
    if !people::session_is_open(&mut tx, session).await? || *confirmed.by() != session.person.id {
        return Err(people::Refusal::CeremonyEnded("the session ended").into());
    }
    if !people::is_here(&mut tx, &signed.person).await? {
        return Err(Refusal::OtherHand("whoever asked has left"));
    }
    if is_blocked(&mut tx, app).await? {
        return Err(Refusal::Blocked);
    }
    let residents = about(&mut tx, app, &wanted).await?;
    let proof = confirmed.proves(&people::confirm::approval(asked, APPROVE))?;
    let approved = store::Approved { by: &session.person.id, proof, ends_at: now.plus(OPEN), due: now.plus(REVIEW) };
    if !store::approve(&mut tx, app, id, &approved).await? {
        return Err(Refusal::Over("approved or ended before"));
    }
    let opened = vault::break_glass::Opened {
        id: id.clone(),
        asked_by: signed.person.clone(),
        approved_by: session.person.id.clone(),
        claims: wanted.claims.clone(),
        until: now.plus(OPEN),
    };
    vault::break_glass::open(&mut tx, &app.custody, &opened, &residents).await?;
    let notes = vec![
        ("case", wanted.case.clone()),
        ("asked_by", signed.person.to_string()),
        ("key", confirmed.key().to_string()),
        ("claims", wanted.claims.join(" ")),
    ];
    let by = By::Staff(session.person.id.clone());
    let step = Step { id, reason: "emergency_approved", by: &by, notes, request };
    enter(&mut tx, app, &mut head, &step, &residents).await?;
    for resident in &residents {
        let tell = Tell { resident, word: Word::EmergencyOpened, client: None, about: Some(id.as_str()) };
        inbox::put(&mut tx, &tell, now).await?;
    }
    head.commit(tx).await?;
    tracing::warn!(event = "emergency_approved", request = %request, residents = residents.len(), "break-glass was approved");
    Ok(())
}

/// Whom it is about: everybody on the list of a building as it is at this moment.
async fn about(tx: &mut Tx, app: &App, wanted: &Wanted) -> Result<Vec<ResidentId>, Refusal> {
    let residents = match &wanted.target {
        Target::Resident(resident, _) => vec![resident.clone()],
        Target::Building(name) => listed::of_building(tx, app, name).await?,
    };
    if residents.is_empty() { Err(Refusal::Unfit("nobody in this building agreed")) } else { Ok(residents) }
}
